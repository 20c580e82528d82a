package archtest

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// outside reads a file of the repository that files doesn't list.
func outside(t *testing.T, name string) string {
	t.Helper()
	body, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// instructions returns the instructions of a Containerfile, each in one line.
func instructions(t *testing.T, name string) [][]string {
	t.Helper()
	body := strings.ReplaceAll(outside(t, name), "\\\n", " ")
	var list [][]string
	for line := range strings.Lines(body) {
		if words := strings.Fields(line); len(words) > 0 && !strings.HasPrefix(words[0], "#") {
			list = append(list, words)
		}
	}
	return list
}

// TestContainerImage checks what linters of Containerfiles would: the image runs as nobody by
// number, its bases have versions, it has nothing of the stages before but what is copied, and
// nothing is fetched on the way.
func TestContainerImage(t *testing.T) {
	user, stages, entry := "", 0, ""
	stage := map[string]bool{}
	for _, words := range instructions(t, "Containerfile") {
		rest := strings.Join(words[1:], " ")
		switch words[0] {
		case "FROM":
			stages, user, entry = stages+1, "", ""
			if !regexp.MustCompile(`[0-9]|bookworm`).MatchString(words[1]) {
				t.Errorf("%s has no version", words[1])
			}
			if len(words) == 4 && words[2] == "AS" {
				stage[words[3]] = true
			}
		case "USER":
			user = rest
		case "ENTRYPOINT":
			entry = rest
		case "ADD":
			t.Errorf("ADD fetches and unpacks: use COPY")
		case "RUN":
			if user != "" || stages > 1 {
				t.Errorf("RUN in the last stage: %s", rest)
			}
			if regexp.MustCompile(`\b(curl|wget|apt-get|apk|sudo)\b`).MatchString(rest) {
				t.Errorf("%s depends on the day", rest)
			}
		case "COPY":
			if from, ok := strings.CutPrefix(words[1], "--from="); stages > 1 && (!ok || !stage[from]) {
				t.Errorf("the image has files of the build's folder: %s", rest)
			}
		}
	}
	if user != "65534:65534" {
		t.Errorf("the image runs as %q, not as nobody by number", user)
	}
	if entry != `["/usr/bin/searchd"]` {
		t.Errorf("the entry point is %q: a shell would take its signals", entry)
	}
	if got := strings.Fields(outside(t, ".containerignore")); strings.Join(got, " ") != "* !dist/*.tar.gz" {
		t.Errorf("the builder gets more than the package: %q", got)
	}
	if outside(t, ".containerignore") != outside(t, ".dockerignore") {
		t.Error("Podman and Docker get different files")
	}
}

// TestReleasesAreWhatDistMakes checks that goreleaser builds nothing itself, and that it uploads
// each kind of file that scripts/dist writes.
func TestReleasesAreWhatDistMakes(t *testing.T) {
	var config struct {
		Version int
		Dist    string
		Before  struct{ Hooks []string }
		Builds  []struct{ Skip bool }
		Release struct {
			Files []struct{ Glob string } `yaml:"extra_files"`
		}
	}
	if err := yaml.Unmarshal([]byte(outside(t, ".goreleaser.yaml")), &config); err != nil {
		t.Fatal(err)
	}
	if config.Version != 2 || config.Dist == "dist" || len(config.Builds) != 1 || !config.Builds[0].Skip ||
		strings.Join(config.Before.Hooks, ";") != "make dist" {
		t.Errorf("%+v", config)
	}
	for _, made := range []string{"xunwen-1-linux-amd64.tar.gz", "xunwen_1-1_amd64.deb", "xunwen-1-1.x86_64.rpm",
		"xunwen-1-linux-amd64-indexer.cdx.json", "SHA256SUMS"} {
		uploaded := false
		for _, f := range config.Release.Files {
			matches, err := filepath.Match(f.Glob, "./dist/"+made)
			if err != nil {
				t.Fatal(err)
			}
			uploaded = uploaded || matches
		}
		if !uploaded {
			t.Errorf("%s is not uploaded", made)
		}
	}
}
