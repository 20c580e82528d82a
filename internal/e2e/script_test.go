package e2e

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/routers"
)

// A script has one step per line, requests and checks of their answers:
//
//	GET /api/v1/search?q=大桥      a request (HEAD, POST too); what isn't ASCII is percent-encoded
//	status 200                    its status
//	header Allow: GET, HEAD       a header, exactly
//	json hits.0.title "…"         a member, by names and positions; # is a length
//	has hits.0.title_html 大桥     a member's text contains this
//	absent facets                 no such member
//	keys hits.0 a b c             exactly these members
//	body <mark>                   the body contains this
//	without <script>              the body doesn't
//	let c cursor                  stores a member; {c} inserts it later
//
// Lines that start with # are comments. In addition, each answer to GET must conform to
// /openapi.json, and each path documented there for GET must occur in a script. The index uses
// the program's own dictionaries.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	dir := filepath.Join(t.TempDir(), "news")
	if err := buildWith(nil, dir, samples...); err != nil {
		t.Fatal(err)
	}
	address := start(t, dir)
	doc, router := openAPI(t, address)
	asked := map[string]bool{}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txt"), func(t *testing.T) {
			body, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			s := script{t: t, address: address, file: name, kept: map[string]string{}, router: router, asked: asked}
			for i, line := range strings.Split(string(body), "\n") {
				s.line = i + 1
				s.step(line)
			}
		})
	}
	for path, item := range doc.Paths.Map() {
		if item.Get != nil && !asked[path] {
			t.Errorf("no script requests %s", path)
		}
	}
}

type script struct {
	t       *testing.T
	address string
	file    string
	line    int
	kept    map[string]string
	router  routers.Router  // of the API description
	asked   map[string]bool // documented paths

	resp *http.Response
	raw  string
	body any
}

func (s *script) errorf(format string, args ...any) {
	s.t.Helper()
	s.t.Errorf("%s:%d: %s\n%s", s.file, s.line, fmt.Sprintf(format, args...), s.raw)
}

func (s *script) step(line string) {
	verb, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
	rest = strings.TrimSpace(rest)
	for name, value := range s.kept {
		rest = strings.ReplaceAll(rest, "{"+name+"}", value)
	}
	first, second, _ := strings.Cut(rest, " ")
	switch verb {
	case "", "#":
	case "GET", "HEAD", "POST", "DELETE", "OPTIONS":
		s.request(verb, rest)
	case "status":
		if want, _ := strconv.Atoi(rest); s.resp.StatusCode != want {
			s.errorf("status %d, want %d", s.resp.StatusCode, want)
		}
	case "header":
		name, want, _ := strings.Cut(rest, ": ")
		if got := s.resp.Header.Get(name); got != want {
			s.errorf("%s: %q, want %q", name, got, want)
		}
	case "json":
		var want any
		if err := json.Unmarshal([]byte(second), &want); err != nil {
			s.t.Fatalf("%s:%d: %v", s.file, s.line, err)
		}
		if got, ok := member(s.body, first); !ok || !reflect.DeepEqual(got, want) {
			s.errorf("%s is %v, want %v", first, show(got, ok), show(want, true))
		}
	case "has":
		got, _ := member(s.body, first)
		if text, ok := got.(string); !ok || !strings.Contains(text, second) {
			s.errorf("%s is %v and does not contain %s", first, show(got, true), second)
		}
	case "absent":
		if got, ok := member(s.body, rest); ok {
			s.errorf("%s is present: %v", rest, got)
		}
	case "keys":
		s.keys(first, strings.Fields(second))
	case "body":
		if !strings.Contains(s.raw, rest) {
			s.errorf("no %q in the body", rest)
		}
	case "without":
		if strings.Contains(s.raw, rest) {
			s.errorf("%q in the body", rest)
		}
	case "let":
		got, ok := member(s.body, second)
		if text, isText := got.(string); ok && isText && text != "" {
			s.kept[first] = text
		} else {
			s.errorf("%s is %v, want a text to store", second, show(got, ok))
		}
	default:
		s.t.Fatalf("%s:%d: no such step: %s", s.file, s.line, verb)
	}
}

func (s *script) request(method, path string) {
	req, err := http.NewRequestWithContext(s.t.Context(), method, s.address+encode(path), nil)
	if err != nil {
		s.t.Fatalf("%s:%d: %v", s.file, s.line, err)
	}
	client := http.Client{Timeout: waitTime, CheckRedirect: noRedirects}
	if s.resp, err = client.Do(req); err != nil {
		s.t.Fatalf("%s:%d: %v", s.file, s.line, err)
	}
	defer s.resp.Body.Close()
	raw, err := io.ReadAll(s.resp.Body)
	if err != nil {
		s.t.Fatalf("%s:%d: %v", s.file, s.line, err)
	}
	s.raw, s.body = string(raw), nil
	if method == http.MethodGet {
		s.asked[validate(s.t, s.router, s.resp, raw)] = true
	}
	if kind := s.resp.Header.Get("Content-Type"); strings.Contains(kind, "json") && !strings.Contains(kind, "jsonl") &&
		len(raw) > 0 {
		if err := json.Unmarshal(raw, &s.body); err != nil {
			s.errorf("not JSON: %v", err)
		}
	}
}

// encode percent-encodes the characters that an address can't contain.
func encode(path string) string {
	var b strings.Builder
	for _, c := range []byte(path) {
		if c <= ' ' || c >= 0x7f || c == '"' || c == '<' || c == '>' {
			fmt.Fprintf(&b, "%%%02X", c)
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

var keyPattern = regexp.MustCompile(`"([a-z_]+)":`)

// keys checks the members of an object.
func (s *script) keys(path string, want []string) {
	value, ok := member(s.body, path)
	object, isObject := value.(map[string]any)
	if !ok || !isObject {
		s.errorf("%s is not an object", path)
		return
	}
	var got []string
	for _, m := range keyPattern.FindAllStringSubmatch(s.raw, -1) {
		if _, there := object[m[1]]; there && !contains(got, m[1]) {
			got = append(got, m[1])
		}
	}
	if len(object) != len(want) || !sameSet(got, want) {
		s.errorf("%s has %v, want %v", path, got, want)
	}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func sameSet(a, b []string) bool {
	for _, x := range a {
		if !contains(b, x) {
			return false
		}
	}
	return len(a) == len(b)
}

// member finds a value by names, positions and # separated by dots; "." is the whole.
func member(value any, path string) (any, bool) {
	if path == "." {
		return value, value != nil
	}
	for _, step := range strings.Split(path, ".") {
		switch v := value.(type) {
		case map[string]any:
			next, ok := v[step]
			if !ok {
				return nil, false
			}
			value = next
		case []any:
			if step == "#" {
				return float64(len(v)), true
			}
			i, err := strconv.Atoi(step)
			if err != nil || i < 0 || i >= len(v) {
				return nil, false
			}
			value = v[i]
		default:
			return nil, false
		}
	}
	return value, true
}

func show(v any, ok bool) string {
	if !ok {
		return "absent"
	}
	b, _ := json.Marshal(v)
	return string(b)
}
