//! An editor, as far as the protocol goes: a child process that runs the server, and what was said so far.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

/// Longest wait for an answer: the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(120);

pub struct Editor {
    pub folder: PathBuf,
    child: Child,
    input: ChildStdin,
    messages: Receiver<Value>,
    /// Open files: version and text.
    buffers: BTreeMap<String, (i64, String)>,
    /// What was told of files and not looked at yet.
    findings: BTreeMap<String, Vec<Value>>,
    count: i64,
}

impl Editor {
    pub fn start(folder: &Path, options: Value) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_attache"))
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let (sender, messages) = channel();
        thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(message) = read(&mut output) {
                let _ = sender.send(message);
            }
        });
        let folder = folder.canonicalize().unwrap();
        let (buffers, findings) = (BTreeMap::new(), BTreeMap::new());
        let mut editor = Editor { folder, child, input, messages, buffers, findings, count: 0 };
        let able = json!({ "textDocument": {
            "publishDiagnostics": { "relatedInformation": true, "codeDescriptionSupport": true },
            "completion": { "completionItem": { "snippetSupport": true } },
        }});
        let params = json!({ "processId": null, "rootUri": format!("file://{}", editor.folder.display()), "capabilities": able, "initializationOptions": options });
        let answer = editor.request("initialize", params);
        assert_eq!(answer["result"]["serverInfo"]["name"], "attache");
        editor.tell("initialized", json!({}));
        editor
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        self.input.flush().unwrap();
    }

    pub fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// The next message; what is told of files is kept.
    fn next(&mut self) -> Value {
        let message = self.messages.recv_timeout(PATIENCE).expect("the server says nothing more");
        if message["method"] == "textDocument/publishDiagnostics" {
            let name = self.name(message["params"]["uri"].as_str().unwrap());
            self.findings.entry(name).or_default().push(message["params"].clone());
        }
        message
    }

    pub fn request(&mut self, method: &str, params: Value) -> Value {
        self.count += 1;
        let id = self.count;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.next();
            if message["id"] == id && message.get("method").is_none() {
                return message;
            }
        }
    }

    /// Asks about a file; the result.
    pub fn ask(&mut self, method: &str, name: &str, more: Value) -> Value {
        let mut params = json!({ "textDocument": { "uri": self.uri(name) } });
        params.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let answer = self.request(method, params);
        // A refusal is an answer, too.
        answer.get("result").or(answer.get("error")).unwrap_or_else(|| panic!("{answer}")).clone()
    }

    /// Asks about a byte of a file.
    pub fn ask_at(&mut self, method: &str, name: &str, byte: usize) -> Value {
        let position = self.position(name, byte);
        let more = json!({ "position": position, "context": { "includeDeclaration": true, "triggerKind": 1 }, "newName": "renamed" });
        self.ask(method, name, more)
    }

    pub fn uri(&self, name: &str) -> String {
        format!("file://{}/{name}", self.folder.display())
    }

    /// The name of a file in the folder of the case; of one elsewhere, its last part.
    pub fn name(&self, uri: &str) -> String {
        let own =
            uri.strip_prefix("file://").and_then(|path| path.strip_prefix(&format!("{}/", self.folder.display())));
        own.map_or_else(|| format!("…/{}", uri.rsplit('/').next().unwrap_or_default()), str::to_owned)
    }

    pub fn open(&mut self, name: &str, text: &str) {
        self.buffers.insert(name.to_owned(), (1, text.to_owned()));
        let item = json!({ "uri": self.uri(name), "languageId": "toml", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": item }));
    }

    pub fn change(&mut self, name: &str, text: &str) {
        let buffer = self.buffers.get_mut(name).unwrap();
        *buffer = (buffer.0 + 1, text.to_owned());
        let document = json!({ "version": buffer.0, "uri": self.uri(name) });
        let params = json!({ "textDocument": document, "contentChanges": [{ "text": text }] });
        self.tell("textDocument/didChange", params);
    }

    pub fn close(&mut self, name: &str) {
        self.buffers.remove(name);
        self.findings.remove(name);
        self.tell("textDocument/didClose", json!({ "textDocument": { "uri": self.uri(name) } }));
    }

    /// What is found in a buffer as it stands.
    pub fn found(&mut self, name: &str) -> Vec<Value> {
        let version = self.buffers[name].0;
        loop {
            let told = self.findings.remove(name).unwrap_or_default();
            if let Some(told) = told.into_iter().rev().find(|told| told["version"] == version) {
                return told["diagnostics"].as_array().unwrap().clone();
            }
            self.next();
        }
    }

    /// What is told next of a file.
    pub fn told(&mut self, name: &str) -> Vec<Value> {
        loop {
            if let Some(told) = self.findings.remove(name) {
                return told.last().unwrap()["diagnostics"].as_array().unwrap().clone();
            }
            self.next();
        }
    }

    pub fn never_told(&self, name: &str) -> bool {
        !self.findings.contains_key(name)
    }

    /// The text of a file: of the buffer, or else of the disk.
    pub fn text(&self, name: &str) -> String {
        match self.buffers.get(name) {
            Some((_, text)) => text.clone(),
            None => std::fs::read_to_string(self.folder.join(name)).unwrap_or_default(),
        }
    }

    /// A byte of a file as a place of the protocol, counted apart from how the server counts.
    pub fn position(&self, name: &str, byte: usize) -> Value {
        let text = self.text(name);
        let line = text[..byte].matches('\n').count();
        let start = text[..byte].rfind('\n').map_or(0, |at| at + 1);
        let character: usize = text[start..byte].chars().map(char::len_utf16).sum();
        json!({ "line": line, "character": character })
    }

    /// Bytes of a range of the protocol.
    pub fn bytes(&self, name: &str, range: &Value) -> std::ops::Range<usize> {
        bytes_in(&self.text(name), range)
    }

    /// Waits for the server to say that.
    pub fn logged(&mut self, start: &str) {
        while !self.next()["params"]["message"].as_str().is_some_and(|message| message.starts_with(start)) {}
    }

    /// Says good-bye, and sees that the server ends well.
    pub fn stop(mut self) {
        assert!(self.request("shutdown", json!(null)).get("error").is_none());
        self.tell("exit", json!(null));
        assert!(self.child.wait().unwrap().success());
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            header => {
                if let Some(value) = header.strip_prefix("Content-Length: ") {
                    length = value.parse().ok()?;
                }
            }
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

/// Bytes of a range of the protocol in a text, counted apart from how the server counts.
pub fn bytes_in(text: &str, range: &Value) -> std::ops::Range<usize> {
    let byte = |place: &Value| {
        let line: usize = text.split_inclusive('\n').take(place["line"].as_u64().unwrap() as usize).map(str::len).sum();
        let mut units = place["character"].as_u64().unwrap() as usize;
        let mut at = line;
        for c in text[line..].chars().take_while(|c| *c != '\n') {
            if units == 0 {
                break;
            }
            assert!(units >= c.len_utf16(), "a place inside a character");
            units -= c.len_utf16();
            at += c.len_utf8();
        }
        assert_eq!(units, 0, "a place past the end of a line");
        at
    };
    byte(&range["start"])..byte(&range["end"])
}
