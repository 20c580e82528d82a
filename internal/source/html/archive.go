package html

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"regexp"
	"strings"
)

// Saved is the page in a file that a browser saved together with its pictures:
// MHTML (RFC 2557), a message of several parts.
type Saved struct {
	Page    []byte
	Charset string // from the header of the part, or ""
	URL     string // address that the page was saved from, or ""
}

// savedMark matches the beginning of such files: lines of a message header.
var savedMark = regexp.MustCompile(`(?i)^(?:[a-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?mime-version:`)

// IsSaved reports whether a file that begins with head is one.
func IsSaved(head []byte) bool { return savedMark.Match(bytes.TrimLeft(head, "\r\n")) }

// maxParts bounds the nesting of parts.
const maxParts = 4

// Unpack extracts the page from a saved one: the first part that is HTML. The
// error says what is broken or missing.
func Unpack(file []byte) (Saved, error) {
	message, err := mail.ReadMessage(bytes.NewReader(bytes.TrimLeft(file, "\r\n")))
	if err != nil {
		return Saved{}, fmt.Errorf("broken MHTML: %w", err)
	}
	address := message.Header.Get("Snapshot-Content-Location")
	saved, err := unpackPart(textproto.MIMEHeader(message.Header), message.Body, 0)
	if err != nil {
		return Saved{}, fmt.Errorf("broken MHTML: %w", err)
	}
	if address != "" {
		saved.URL = address
	}
	return saved, nil
}

var errNoPage = errors.New("none of its parts is a web page")

// unpackPart finds the page in one part.
func unpackPart(header textproto.MIMEHeader, body io.Reader, depth int) (Saved, error) {
	kind, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	switch {
	case err != nil && kind == "":
		return Saved{}, errNoPage
	case strings.HasPrefix(kind, "multipart/") && depth < maxParts:
		return unpackParts(multipart.NewReader(body, params["boundary"]), depth)
	case kind != "text/html" && kind != "application/xhtml+xml":
		return Saved{}, errNoPage
	}
	switch strings.ToLower(header.Get("Content-Transfer-Encoding")) {
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	}
	page, err := io.ReadAll(body)
	if err != nil {
		return Saved{}, err
	}
	return Saved{Page: page, Charset: params["charset"], URL: header.Get("Content-Location")}, nil
}

func unpackParts(parts *multipart.Reader, depth int) (Saved, error) {
	for {
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return Saved{}, errNoPage
		}
		if err != nil {
			return Saved{}, err
		}
		if saved, err := unpackPart(part.Header, part, depth+1); !errors.Is(err, errNoPage) {
			return saved, err
		}
	}
}
