// Package charset finds out the encoding of a text and gives it as UTF-8.
//
// What a text says of itself counts least, what its bytes prove counts most:
// a byte order mark, then well-formed UTF-8, then the units of UTF-16, then
// what makes the likelier Chinese, GB18030 or Big5. GB2312 and GBK are read
// as GB18030, which holds both. A text that is none of these, or breaks its
// encoding somewhere, is an error that says where; nothing is replaced behind
// the user's back but in Decode, which is for web pages and says how much.
//
// It knows bytes and lines, and nothing of files and formats. Of this module
// it imports nothing.
package charset
