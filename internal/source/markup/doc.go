// Package markup reads texts with HTML in them, such as the text of a record or of a feed:
// which tags make paragraphs, headings, captions and tables of it. Web pages are for package
// html, which finds the article in them.
//
// It works on the tokens of golang.org/x/net/html, in time proportional to the text. Of this
// module it imports internal/news and internal/textnorm only. Read text.go first, then paragraphs.go.
package markup
