//go:build !embeddict

package analyzer

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestOpenCCVersion checks that tests read the table that go.mod pins and
// programs embed.
func TestOpenCCVersion(t *testing.T) {
	mod, err := os.ReadFile(filepath.Join("..", "..", "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	module, _, _ := strings.Cut(openCCDir, "/dictionary")
	if want := strings.Replace(module, "@", " ", 1); !strings.Contains(string(mod), want+"\n") {
		t.Errorf("go.mod does not require %s: change openCCDir too", want)
	}
}
