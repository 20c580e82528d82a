package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"xunwen/internal/cli"
)

// unitsDir is the folder of the systemd units.
const unitsDir = "../../docs/systemd"

// The commands of the nightly build unit build an index and verify it, in folders of the
// test.
func TestTheNightlyUnitBuilds(t *testing.T) {
	unit, err := os.ReadFile(filepath.Join(unitsDir, "xunwen-build.service"))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	if err := os.Mkdir("state", 0o755); err != nil {
		t.Fatal(err)
	}
	here := strings.NewReplacer("/var/lib/xunwen", "state", "/srv/news", "papers")
	ran := 0
	for line := range strings.Lines(string(unit)) {
		_, command, ok := strings.Cut(strings.TrimSpace(line), "=/usr/local/bin/indexer ")
		if !ok {
			continue
		}
		ran++
		if got := again(t, map[string]string{"papers/a.jsonl": recordA}, "",
			strings.Fields(here.Replace(command))...); got.code != cli.ExitDone {
			t.Errorf("%s: exit %d: %s", command, got.code, got.err)
		}
	}
	if ran != 2 {
		t.Errorf("%d commands, want a build and a check", ran)
	}
}

// systemd-analyze, if installed, finds no errors in the units.
func TestUnitsAreSound(t *testing.T) {
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("no systemd-analyze")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	sources, err := filepath.Glob(filepath.Join(unitsDir, "xunwen-*"))
	if err != nil || len(sources) != 3 {
		t.Fatalf("units %v (%v)", sources, err)
	}
	programs := strings.NewReplacer("/usr/local/bin/indexer", self, "/usr/local/bin/searchd", self) // it looks for them
	dir, args := t.TempDir(), []string{"verify"}
	for _, source := range sources {
		unit, err := os.ReadFile(source)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(dir, filepath.Base(source))
		if err := os.WriteFile(name, []byte(programs.Replace(string(unit))), 0o644); err != nil {
			t.Fatal(err)
		}
		args = append(args, name)
	}
	out, err := exec.Command(analyze, args...).CombinedOutput()
	if strings.Contains(string(out), "xunwen-") {
		t.Errorf("%v: %s", err, out)
	} else if err != nil {
		t.Skipf("systemd-analyze can't look here: %v: %s", err, out)
	}
}
