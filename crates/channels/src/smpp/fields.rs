//! The fields of a unit: whole numbers with their highest octet first, and texts that end with a nought. Whoever reads asks for so
//! many octets and gets them or an error, never more than there are.

/// What stands there is not what should.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("malformed at `{at}`")]
pub struct Malformed {
    pub at: &'static str,
}

/// Longer than any text of the specification; some centres allow more than it does.
const LONGEST_TEXT: usize = 256;

pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub fn over(octets: &'a [u8]) -> Self {
        Self { rest: octets }
    }

    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub fn octets(&mut self, count: usize, at: &'static str) -> Result<&'a [u8], Malformed> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(Malformed { at })?;
        self.rest = rest;
        Ok(taken)
    }

    pub fn octet(&mut self, at: &'static str) -> Result<u8, Malformed> {
        Ok(self.octets(1, at)?[0])
    }

    pub fn two(&mut self, at: &'static str) -> Result<u16, Malformed> {
        let octets = self.octets(2, at)?;
        Ok(u16::from_be_bytes([octets[0], octets[1]]))
    }

    pub fn four(&mut self, at: &'static str) -> Result<u32, Malformed> {
        let octets = self.octets(4, at)?;
        Ok(u32::from_be_bytes([octets[0], octets[1], octets[2], octets[3]]))
    }

    /// A text up to its nought. One that ends with the unit instead is taken as it is: some centres leave the last nought out.
    pub fn text(&mut self, at: &'static str) -> Result<String, Malformed> {
        let end = self.rest.iter().position(|octet| *octet == 0);
        let length = end.unwrap_or(self.rest.len());
        if length > LONGEST_TEXT || (end.is_none() && self.rest.is_empty()) {
            return Err(Malformed { at });
        }
        let text = self.rest[..length].iter().map(|octet| char::from(*octet)).collect();
        self.rest = self.rest.get(length + 1..).unwrap_or_default();
        Ok(text)
    }
}

#[derive(Default)]
pub struct Writer {
    octets: Vec<u8>,
}

impl Writer {
    pub fn octets(&mut self, octets: &[u8]) -> &mut Self {
        self.octets.extend_from_slice(octets);
        self
    }

    pub fn octet(&mut self, octet: u8) -> &mut Self {
        self.octets(&[octet])
    }

    pub fn two(&mut self, number: u16) -> &mut Self {
        self.octets(&number.to_be_bytes())
    }

    pub fn four(&mut self, number: u32) -> &mut Self {
        self.octets(&number.to_be_bytes())
    }

    /// One octet a letter, and the nought. What is not one octet or would end the text early is left out.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.octets.extend(text.chars().filter_map(|letter| u8::try_from(letter).ok()).filter(|octet| *octet != 0));
        self.octet(0)
    }

    pub fn finish(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.octets)
    }
}
