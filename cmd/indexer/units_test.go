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

// The commands of the units build an index and verify it, in folders of the test.
func TestTheUnitsBuildAndVerify(t *testing.T) {
	commands := commandsOf(t, "xunwen-build.service", "xunwen-verify.service")
	t.Chdir(t.TempDir())
	if err := os.Mkdir("state", 0o755); err != nil {
		t.Fatal(err)
	}
	here := strings.NewReplacer("/var/lib/xunwen", "state", "/srv/news", "papers")
	for _, command := range commands {
		if got := again(t, map[string]string{"papers/a.jsonl": recordA}, "",
			strings.Fields(here.Replace(command))...); got.code != cli.ExitDone {
			t.Errorf("%s: exit %d: %s", command, got.code, got.err)
		}
	}
	if len(commands) != 3 || !strings.Contains(commands[2], "verify --deep") {
		t.Errorf("%q: want a build, a check and a deep check", commands)
	}
}

// commandsOf returns the arguments of the indexer in units.
func commandsOf(t *testing.T, units ...string) []string {
	t.Helper()
	var commands []string
	for _, name := range units {
		unit, err := os.ReadFile(filepath.Join(unitsDir, name))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(unit)) {
			if _, command, ok := strings.Cut(strings.TrimSpace(line), "=/usr/local/bin/indexer "); ok {
				commands = append(commands, command)
			}
		}
	}
	return commands
}

// TestServicesAreBounded checks that no service takes all memory or any number of processes,
// and that those which end by themselves have a time to end in.
func TestServicesAreBounded(t *testing.T) {
	services, err := filepath.Glob(filepath.Join(unitsDir, "*.service"))
	if err != nil || len(services) != 3 {
		t.Fatalf("services %v (%v)", services, err)
	}
	for _, name := range services {
		unit, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		settings := map[string]string{}
		for line := range strings.Lines(string(unit)) {
			if key, value, ok := strings.Cut(strings.TrimSpace(line), "="); ok && !strings.HasPrefix(key, "#") {
				settings[key] = value
			}
		}
		want := []string{"MemoryMax", "TasksMax", "TimeoutStopSec"}
		if settings["Type"] == "oneshot" {
			want = append(want, "MemoryHigh", "TimeoutStartSec")
		}
		for _, key := range want {
			if value := settings[key]; value == "" || value == "infinity" {
				t.Errorf("%s: %s=%s: want a bound", filepath.Base(name), key, value)
			}
		}
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
	if err != nil || len(sources) != 5 {
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
