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
demo-phone-close = Close the phone
demo-phone-back = All phones
demo-phone-react = Put a thumb under it
