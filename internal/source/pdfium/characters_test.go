package pdfium

import (
	"cmp"
	"errors"
	"strings"
	"testing"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/responses"
)

// brokenText is a text of which PDFium knows the characters, and not what is asked about them.
type brokenText struct {
	pdfium.Pdfium
	unicode, generated, mapped, size error
}

func (b brokenText) FPDFText_GetUnicode(*requests.FPDFText_GetUnicode) (*responses.FPDFText_GetUnicode, error) {
	if b.unicode != nil {
		return nil, b.unicode
	}
	return &responses.FPDFText_GetUnicode{Unicode: '桥'}, nil
}

func (b brokenText) FPDFText_IsGenerated(*requests.FPDFText_IsGenerated) (*responses.FPDFText_IsGenerated, error) {
	return nil, b.generated
}

func (b brokenText) FPDFText_HasUnicodeMapError(
	*requests.FPDFText_HasUnicodeMapError,
) (*responses.FPDFText_HasUnicodeMapError, error) {
	if b.mapped != nil {
		return nil, b.mapped
	}
	return &responses.FPDFText_HasUnicodeMapError{}, nil
}

func (b brokenText) FPDFText_GetFontSize(*requests.FPDFText_GetFontSize) (*responses.FPDFText_GetFontSize, error) {
	return nil, cmp.Or(b.size, errors.New("could not get font size"))
}

// TestErrorsOfCharacters checks that an error of PDFium within a page isn't read as a page without
// that character: after a trap, nothing that PDFium says is right.
func TestErrorsOfCharacters(t *testing.T) {
	trap := errors.New("wasm error: out of bounds memory access\nwasm stack trace:\n\t...")
	for name, tc := range map[string]struct {
		text brokenText
		want string
	}{
		"unicode":       {brokenText{unicode: trap}, "wasm error"},
		"map":           {brokenText{mapped: trap}, "wasm error"},
		"place":         {brokenText{size: trap}, "wasm error"},
		"without place": {brokenText{}, "100 % of the characters have no place on the page"},
	} {
		chars := charReader{lib: tc.text}
		err := chars.readAll(40)
		if err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: error %v, want %q", name, err, tc.want)
		}
		if isTrap(err) != (tc.want == "wasm error") {
			t.Errorf("%s: %v counts as the wrong kind of error", name, err)
		}
	}
}
