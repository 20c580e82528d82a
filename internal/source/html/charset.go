package html

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// declarationSize is how far into a page its encoding is looked for. The
// standard says 1,024 bytes; real pages put scripts first.
const declarationSize = 4096

var declaration = regexp.MustCompile(`(?i)<(?:meta\s[^>]*?charset|\?xml\s[^>]*?encoding)\s*=\s*["']?\s*([a-z0-9_:.-]+)`)

// Decode gives a page as UTF-8: what begins with a byte order mark or is valid
// UTF-8 is that, whatever the page says of itself (pages that were converted
// keep their old declaration); else what the page declares counts. A few bytes
// that the encoding doesn't have become U+FFFD; many are an error.
func Decode(page []byte) (string, error) {
	if name := markedEncoding(page); name != nil {
		return decodeWith(name, page)
	}
	if utf8.Valid(page) {
		return string(page), nil
	}
	name := DeclaredCharset(page)
	if name == "" {
		return "", fmt.Errorf("not UTF-8, and no <meta charset> says what else: convert it to UTF-8")
	}
	declared, err := htmlindex.Get(name)
	if err != nil {
		return "", fmt.Errorf("not UTF-8, and the page's charset %q is unknown: convert it to UTF-8", name)
	}
	// GB18030 holds GBK and GB2312; pages that declare those use its characters.
	if declared == simplifiedchinese.GBK || declared == simplifiedchinese.HZGB2312 {
		declared = simplifiedchinese.GB18030
	}
	return decodeWith(declared, page)
}

// DeclaredCharset is the name in the page's <meta charset>, or "".
func DeclaredCharset(page []byte) string {
	m := declaration.FindSubmatch(page[:min(len(page), declarationSize)])
	if m == nil {
		return ""
	}
	return string(m[1])
}

// markedEncoding is what a byte order mark says.
func markedEncoding(page []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(page, []byte("\xef\xbb\xbf")):
		return unicode.UTF8BOM
	case bytes.HasPrefix(page, []byte("\xff\xfe")), bytes.HasPrefix(page, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	}
	return nil
}

// maxBroken is the share of characters that may be broken: a page may have been
// cut or put together of two, but where much is broken the declaration is wrong.
const maxBroken = .01

func decodeWith(e encoding.Encoding, page []byte) (string, error) {
	decoded, err := e.NewDecoder().Bytes(page)
	if err != nil {
		return "", fmt.Errorf("decoding the page: %w", err)
	}
	text := string(decoded)
	broken, all := strings.Count(text, string(utf8.RuneError)), utf8.RuneCountInString(text)
	if float64(broken) > maxBroken*float64(all) {
		return "", fmt.Errorf("not in the encoding that the page declares (%d of %d characters): convert it to UTF-8", broken, all)
	}
	return text, nil
}
