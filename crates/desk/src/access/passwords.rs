//! Which passwords are good enough, and their hashes: Argon2id with the parameters that OWASP recommends.

use argon2::{Argon2, PasswordHash, PasswordHasher, PasswordVerifier};
use kernel::{Refusal, Secret};
use store::StoreError;

use clinic::staff::StaffMember;

use crate::{ActError, Desk};

const SHORTEST: u32 = 10;
const LONGEST: u32 = 200;

/// The passwords that are tried first, in the languages of the house; those of them that are long enough.
const COMMON: &str = include_str!("common_passwords.txt");

/// Of a password that nobody has. An address that nobody has is checked against it: that takes as long as any other.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGlzIGluIGhlcmU$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// A password that this person may choose.
pub fn check(password: &Secret, owner: &StaffMember) -> Result<(), Refusal> {
    let refused = |code: Refusal| Err(code.at("password"));
    let text = password.expose();
    let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    if length < SHORTEST {
        return refused(Refusal::new("password.too-short").with("least", SHORTEST));
    }
    if length > LONGEST {
        return refused(Refusal::new("password.too-long").with("most", LONGEST));
    }
    let plain = plain(text);
    let email = owner.email.as_deref().unwrap_or_default();
    let (given, family) = (owner.name.given(), owner.name.family());
    let local = email.split('@').next().unwrap_or_default();
    let names = [email.to_owned(), local.to_owned(), format!("{given}{family}"), format!("{family}{given}"), owner.title.clone()];
    let is_name = |name: &String| {
        let name = self::plain(name);
        !without_tail(&name).is_empty() && without_tail(&plain) == without_tail(&name)
    };
    if names.iter().any(is_name) {
        return refused(Refusal::new("password.is-name"));
    }
    let first = plain.chars().next();
    let one_letter = plain.chars().all(|letter| Some(letter) == first);
    if one_letter || COMMON.lines().any(|common| self::plain(common) == plain) {
        return refused(Refusal::new("password.common"));
    }
    Ok(())
}

fn plain(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// A name with a year behind it is a name.
fn without_tail(text: &str) -> &str {
    text.trim_end_matches(|letter: char| !letter.is_alphabetic())
}

pub async fn hash(desk: &Desk, password: Secret) -> Result<Secret, ActError> {
    let salt = desk.chance().bytes();
    calculate(desk, move || {
        let hash: PasswordHash = Argon2::default().hash_password_with_salt(password.expose().as_bytes(), &salt[..16])?;
        Ok(Secret::new(hash.to_string()))
    })
    .await
}

/// Takes the same time whether there is a hash or not.
pub async fn fits(desk: &Desk, password: Secret, hash: Option<Secret>) -> Result<bool, ActError> {
    let verified = calculate(desk, move || {
        let known = hash.as_ref().map_or(NOBODY, Secret::expose);
        match Argon2::default().verify_password(password.expose().as_bytes(), known) {
            Ok(()) => Ok(hash.is_some()),
            Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
            Err(error) => Err(error),
        }
    });
    verified.await
}

/// Away from the threads that serve everybody else.
async fn calculate<T: Send + 'static>(
    desk: &Desk,
    work: impl FnOnce() -> Result<T, argon2::password_hash::Error> + Send + 'static,
) -> Result<T, ActError> {
    let bug = |why: String| ActError::Store(StoreError::Bug(why));
    let _place = desk.doors().hashing.acquire().await.map_err(|error| bug(error.to_string()))?;
    let done = tokio::task::spawn_blocking(work).await.map_err(|error| bug(error.to_string()))?;
    done.map_err(|error| bug(format!("a password could not be hashed: {error}")))
}

#[cfg(test)]
mod tests {
    use clinic::staff::{Employed, Provides, Role};
    use kernel::{Chance, ClinicId, Hours, Locale, PersonName, StaffId, Timestamp};

    use super::*;

    fn olga() -> StaffMember {
        let (now, mut chance) = (Timestamp::from_seconds(1_795_000_000), Chance::from_seed(1));
        StaffMember {
            id: StaffId::new(now, &mut chance),
            clinic: ClinicId::new(now, &mut chance),
            name: PersonName::new("Olga", "Nagyfalusi").unwrap(),
            title: "Dr Nagyfalusi".to_owned(),
            role: Role::Owner,
            locale: Locale::Hu,
            email: Some("olga.nagy@mosoly.example".to_owned()),
            shifts: Hours::new(Vec::new()).unwrap(),
            provides: Provides::Nothing,
            employed: Employed::Yes,
        }
    }

    #[test]
    fn what_would_be_guessed_first_is_refused() {
        let long = "x1".repeat(101);
        for (password, code) in [
            ("", "password.too-short"),
            ("kékmadár9", "password.too-short"),
            ("йцукенгшщ", "password.too-short"),
            (long.as_str(), "password.too-long"),
            ("olga.nagy@mosoly.example", "password.is-name"),
            ("Olga.Nagy@Mosoly.Example", "password.is-name"),
            ("OlgaNagyfalusi", "password.is-name"),
            ("Nagyfalusi Olga 1984", "password.is-name"),
            ("olga.nagy2026!", "password.is-name"),
            ("Dr Nagyfalusi", "password.is-name"),
            ("Password123", "password.common"),
            ("ЙЦУКЕНГШЩЗ", "password.common"),
            ("1234567890", "password.common"),
            ("zzzzzzzzzzzz", "password.common"),
            ("          1", "password.common"),
        ] {
            let refusal = check(&Secret::new(password), &olga()).unwrap_err();
            assert_eq!((refusal.code(), refusal.field()), (code, Some("password")), "{password}");
        }
        for good in ["három zöld kanál", "correct horse", "8f-Kq3.vv0", "سه لیوان چای داغ"] {
            assert_eq!(check(&Secret::new(good), &olga()), Ok(()), "{good}");
        }
    }

    #[test]
    fn a_person_without_an_address_or_a_family_name_can_have_a_password() {
        let alone = StaffMember { email: None, name: PersonName::new("Olga", "").unwrap(), ..olga() };
        assert_eq!(check(&Secret::new("három zöld kanál"), &alone), Ok(()));
    }

    #[test]
    fn the_common_ones_are_long_enough_to_matter() {
        assert!(COMMON.lines().count() >= 200);
        let short = COMMON.lines().find(|common| common.chars().count() < 10);
        assert_eq!(short, None);
    }

    #[test]
    fn the_hash_of_nobody_is_like_every_other() {
        let nobody = PasswordHash::new(NOBODY).unwrap();
        let own: PasswordHash = Argon2::default().hash_password_with_salt(b"password", &[7; 16]).unwrap();
        assert_eq!(nobody.params.as_str(), own.params.as_str());
        assert_eq!((nobody.algorithm, nobody.version), (own.algorithm, own.version));
        assert_eq!(Argon2::default().verify_password(b"password", NOBODY), Err(argon2::password_hash::Error::PasswordInvalid));
    }
}
