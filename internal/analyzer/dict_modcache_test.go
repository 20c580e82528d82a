//go:build !embeddict

package analyzer

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestOpenCCVersion: the table that tests read is the one that go.mod pins and
// the programs embed.
func TestOpenCCVersion(t *testing.T) {
	mod, err := os.ReadFile(filepath.Join("..", "..", "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	module, _, _ := strings.Cut(openCCDir, "/dictionary")
	if want := strings.Replace(module, "@", " ", 1); !strings.Contains(string(mod), want+"\n") {
		t.Errorf("go.mod does not require %s: change openCCDir with it", want)
	}
}
