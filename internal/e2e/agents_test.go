package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
)

// shownCall is a call of a tool in docs/mcp.md and the text that is shown there.
type shownCall struct {
	line      int
	tool      string
	arguments json.RawMessage
	text      []string
}

var (
	callPattern = regexp.MustCompile(`^    ([a-z]+) (\{.*\})$`)
	readOn      = regexp.MustCompile(`\[\d{4}-\d\d-\d\d\]`) // the day of a citation
)

func shownCalls(t *testing.T) []shownCall {
	t.Helper()
	text, err := os.ReadFile("../../docs/mcp.md")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(text), "\n")
	var found []shownCall
	for i, line := range lines {
		m := callPattern.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		if lines[i+2] != "```text" {
			t.Fatalf("docs/mcp.md:%d: no answer is shown", i+1)
		}
		block, _, _ := strings.Cut(strings.Join(lines[i+3:], "\n"), "\n```")
		found = append(found, shownCall{i + 1, m[1], json.RawMessage(m[2]), strings.Split(block, "\n")})
	}
	return found
}

// connectAgent connects the protocol's own client.
func connectAgent(t *testing.T, transport sdk.Transport) (*sdk.ClientSession, error) {
	t.Helper()
	return sdk.NewClient(&sdk.Implementation{Name: "e2e"}, nil).Connect(t.Context(), transport, nil)
}

// overStdio starts searchd mcp. A test that ends closes its stdin, and it must exit.
func overStdio(t *testing.T, dir string, flags ...string) *sdk.ClientSession {
	t.Helper()
	binary, err := searchdBinary()
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.WithoutCancel(t.Context()) // which ends before the process is asked to
	cmd := exec.CommandContext(ctx, binary, append([]string{"mcp", "--index", dir}, flags...)...)
	var log bytes.Buffer
	cmd.Stderr = &log
	cs, err := connectAgent(t, &sdk.CommandTransport{Command: cmd, TerminateDuration: stopTime})
	if err != nil {
		t.Fatalf("%v\n%s", err, log.Bytes())
	}
	t.Cleanup(func() {
		if err := cs.Close(); err != nil {
			t.Errorf("searchd mcp exits with %v\n%s", err, log.Bytes())
		}
	})
	return cs
}

// withKey sends a key with each request.
type withKey string

func (key withKey) RoundTrip(r *http.Request) (*http.Response, error) {
	if key != "" {
		r.Header.Set("Authorization", "Bearer "+string(key))
	}
	return http.DefaultTransport.RoundTrip(r)
}

func overHTTP(t *testing.T, address, key string) (*sdk.ClientSession, error) {
	t.Helper()
	cs, err := connectAgent(t, &sdk.StreamableClientTransport{
		Endpoint:   address + "/mcp",
		HTTPClient: &http.Client{Transport: withKey(key), Timeout: waitTime},
		MaxRetries: -1,
	})
	if err == nil {
		t.Cleanup(func() { cs.Close() })
	}
	return cs, err
}

// TestAgentSession runs the session of docs/mcp.md over stdin and stdout and over HTTP,
// with and without keys, and compares the answers.
func TestAgentSession(t *testing.T) {
	dir := buildDemo(t, nil)
	secret, line := makeKey(t, "agent")
	file := filepath.Join(t.TempDir(), "keys")
	putFile(t, file, line)
	free, guarded := start(t, dir), start(t, dir, "--api-keys", file)
	for _, wrong := range []string{"", "xunwen_wrong"} {
		if _, err := overHTTP(t, guarded, wrong); err == nil || !strings.Contains(err.Error(), "Unauthorized") {
			t.Errorf("with the key %q: %v", wrong, err)
		}
	}
	const shownAddress = "http://127.0.0.1:8080"
	sessions := map[string]*sdk.ClientSession{shownAddress: overStdio(t, dir, "--public-url", shownAddress)}
	for address, key := range map[string]string{free: "", guarded: secret} {
		cs, err := overHTTP(t, address, key)
		if err != nil {
			t.Fatal(err)
		}
		sessions[address] = cs
	}
	calls := shownCalls(t)
	used := map[string]bool{}
	for _, c := range calls {
		used[c.tool] = true
		for address, cs := range sessions {
			got, err := cs.CallTool(t.Context(), &sdk.CallToolParams{Name: c.tool, Arguments: c.arguments})
			if err != nil {
				t.Errorf("docs/mcp.md:%d: %v", c.line, err)
				continue
			}
			text := strings.ReplaceAll(got.Content[0].(*sdk.TextContent).Text, address, shownAddress)
			text = readOn.ReplaceAllString(strings.TrimRight(text, "\n")+"\n", "[day]")
			shown := strings.Split(readOn.ReplaceAllString(strings.Join(c.text, "\n"), "[day]"), "\n")
			if !asShown(shown, text) {
				t.Errorf("docs/mcp.md:%d: at %s, %s answers\n%s", c.line, address, c.tool, text)
			}
		}
	}
	for tool, err := range sessions[free].Tools(t.Context(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		if !used[tool.Name] {
			t.Errorf("docs/mcp.md doesn't show %s", tool.Name)
		}
	}
}

// TestAgentProcessStops checks that searchd mcp ends by SIGTERM while it waits for a message,
// and that it has no links without an address.
func TestAgentProcessStops(t *testing.T) {
	dir, err := sampleIndex()
	if err != nil {
		t.Fatal(err)
	}
	cs := overStdio(t, dir)
	got, err := cs.CallTool(t.Context(),
		&sdk.CallToolParams{Name: "search", Arguments: map[string]any{"query": "大桥", "size": 1}})
	if err != nil {
		t.Fatal(err)
	}
	text := got.Content[0].(*sdk.TextContent).Text
	if strings.Contains(text, "http") || !strings.Contains(text, "id: ") {
		t.Errorf("without an address: %s", text)
	}
	binary, err := searchdBinary()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), binary, "mcp", "--index", dir)
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(100 * time.Millisecond) // whether it runs already or not
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case <-ended:
	case <-time.After(stopTime):
		cmd.Process.Kill()
		t.Error("it doesn't stop")
	}
}
