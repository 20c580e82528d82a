package index_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"xunwen/internal/index"
)

// TestDocumentedFormatVersion checks both places where docs/index-format.md has the version.
func TestDocumentedFormatVersion(t *testing.T) {
	t.Parallel()
	doc, err := os.ReadFile("../../docs/index-format.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"\nFormat version **%d**.", "\n| `format` | %d |"} {
		if want := fmt.Sprintf(format, index.FormatVersion); !strings.Contains(string(doc), want) {
			t.Errorf("docs/index-format.md lacks %q", want)
		}
	}
}
