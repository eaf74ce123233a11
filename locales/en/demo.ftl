# The telephones of a demo clinic.
demo-pushing = The clinic lives on…
demo-phones-title = Phones of patients
demo-phones-find = Find a patient
demo-phones-nobody = Nobody of this name.
demo-phones-asked = was asked
demo-phone-empty = No messages yet.
demo-phone-without = This patient has a phone without a messenger. Only a call reaches them.
demo-phone-say = Write as the patient
demo-phone-send = Send
demo-phone-file = Send a picture or file
demo-phone-close = Close the phone
demo-phone-back = All phones
demo-phone-react = Put a thumb under it

demo-website = Website
demo-website-title = Website of the clinic
demo-website-languages = Language
demo-website-care = Our care
demo-website-hero = Calm hands, healthy teeth
demo-website-lead = Check-ups, fillings and hygiene in the middle of the city, in four languages.
demo-website-hint = Try the chat in the corner: what you write comes to the Inbox of the desk.
demo-website-hygiene = Hygiene
demo-website-hygiene-what = A gentle cleaning twice a year keeps gums well.
demo-website-filling = Fillings
demo-website-filling-what = Done in one visit, matched to your own colour.
demo-website-fear = Afraid?
demo-website-fear-what = Tell us. We take time, explain each step, and stop whenever you raise a hand.
