//! Forms with a file in them (RFC 7578), as a browser sends them. The whole body is in memory and is no longer than the page
//! allows; what is not of the form reads as nothing.

use axum::body::Bytes;

use crate::query::Upload;

/// Fields by name, and files.
pub type Parts = (Vec<(String, String)>, Vec<Upload>);

/// No form of ours has more.
const MOST_PARTS: usize = 50;

/// What stands between the parts, if the content is of this type.
pub fn boundary(content_type: &str) -> Option<&str> {
    let (kind, rest) = content_type.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let value = rest.split(';').find_map(|part| part.trim().strip_prefix("boundary="))?;
    Some(value.trim_matches('"')).filter(|value| !value.is_empty() && value.len() <= 70)
}

pub fn parts(body: &Bytes, boundary: &str) -> Parts {
    let (mut fields, mut files) = (Vec::new(), Vec::new());
    let seam = format!("\r\n--{boundary}");
    // the first seam has no line before it
    let mut at = if body.starts_with(&seam.as_bytes()[2..]) { seam.len() - 2 } else { return (fields, files) };
    while fields.len() + files.len() < MOST_PARTS && body[at..].starts_with(b"\r\n") {
        at += 2;
        let Some(length) = find(&body[at..], seam.as_bytes()) else { break };
        let part = body.slice(at..at + length);
        at += length + seam.len();
        let Some(end) = find(&part, b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&part[..end]).into_owned();
        let content = part.slice(end + 4..);
        let Some(name) = parameter(&head, "name") else { continue };
        match parameter(&head, "filename") {
            Some(file) => files.push(Upload { field: name, name: file, bytes: content }),
            None => fields.push((name, String::from_utf8_lossy(&content).into_owned())),
        }
    }
    (fields, files)
}

fn find(within: &[u8], wanted: &[u8]) -> Option<usize> {
    let first = *wanted.first()?;
    let mut at = 0;
    loop {
        at += within.get(at..)?.iter().position(|byte| *byte == first)?;
        if within[at..].starts_with(wanted) {
            return Some(at);
        }
        at += 1;
    }
}

/// Of the line that names the part. Browsers write a quotation mark within a name as `%22`.
fn parameter(head: &str, name: &str) -> Option<String> {
    let is_name = |line: &&str| line.get(..20).is_some_and(|start| start.eq_ignore_ascii_case("content-disposition:"));
    let line = head.split("\r\n").find(is_name)?;
    let (_, rest) = line.split_once(&format!("; {name}=\""))?;
    Some(rest.split('"').next().unwrap_or_default().replace("%22", "\"").replace("%0D%0A", " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_files_are_read_as_a_browser_sends_them() {
        let kind = "multipart/form-data; boundary=----WebKitFormBoundary7MA4";
        let seam = "------WebKitFormBoundary7MA4";
        let body = format!(
            "{seam}\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nЗдравствуйте!\r\nДо встречи\r\n{seam}\r\n\
             Content-Disposition: form-data; name=\"file\"; filename=\"a%22b.png\"\r\nContent-Type: image/png\r\n\r\n\u{89}\r\n--\r\n\r\nPNG\r\n{seam}--\r\n"
        );
        let (fields, files) = parts(&Bytes::from(body), boundary(kind).unwrap());
        assert_eq!(fields, [("text".to_owned(), "Здравствуйте!\r\nДо встречи".to_owned())]);
        assert_eq!((files.len(), files[0].field.as_str(), files[0].name.as_str()), (1, "file", "a\"b.png"));
        assert_eq!(files[0].bytes, "\u{89}\r\n--\r\n\r\nPNG".as_bytes());
    }

    #[test]
    fn what_is_no_such_form_reads_as_nothing() {
        for kind in ["text/plain", "multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed; boundary=x"] {
            assert_eq!(boundary(kind), None, "{kind}");
        }
        for body in [
            "",
            "--x",
            "--x--",
            "--x\r\n",
            "--x\r\nname\r\n--x--",
            "--x\r\nContent-Disposition: form-data\r\n\r\nv\r\n--x--",
            "y--x\r\n\r\n",
        ] {
            let (fields, files) = parts(&Bytes::from(body.to_owned()), "x");
            assert!(fields.is_empty() && files.is_empty(), "{body:?}");
        }
    }
}
