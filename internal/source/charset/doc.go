// Package charset detects the encoding of a text and converts it to UTF-8.
//
// What a text declares counts least, what its bytes prove counts most: a byte order mark,
// then valid UTF-8, then the code units of UTF-16, then which of GB18030 and Big5 yields
// more likely Chinese. GB2312 and GBK are read as GB18030, which includes both. A text in
// none of these encodings, or with an invalid byte, is an error with the position. Only
// Decode, which is for web pages, replaces invalid bytes.
//
// It deals with bytes and lines, not with files or formats, and imports nothing of this
// module. Read text.go first.
package charset
