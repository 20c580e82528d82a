//go:build !embeddict

package analyzer

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDownloadOutsideModule finds OpenCC's table from another folder with an
// empty module cache; a copy of the real cache's downloads serves as the proxy.
func TestDownloadOutsideModule(t *testing.T) {
	var proxy string
	for _, cache := range moduleCaches() {
		downloads := filepath.Join(cache, "cache", "download")
		if _, err := os.Stat(filepath.Join(downloads, openCC, "@v")); err == nil {
			proxy = downloads
		}
	}
	if proxy == "" {
		t.Skip("the module cache has no downloads to serve")
	}
	t.Setenv("GOMODCACHE", t.TempDir())
	t.Setenv("GOPROXY", "file://"+filepath.ToSlash(proxy))
	t.Setenv("GOFLAGS", "-modcacherw") // so that the test can remove it
	t.Chdir(t.TempDir())
	if _, _, err := dictionaries(); err != nil {
		t.Error(err)
	}
}

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
