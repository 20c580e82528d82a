// Package opensearchtest runs a real OpenSearch cluster on this machine for tests.
//
// It may import internal/{opensearch/client,testtool} of this module, and nothing else of it.
package opensearchtest

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"xunwen/internal/opensearch/client"
)

// Cluster is a cluster of one node or more, which end with the test.
type Cluster struct {
	URLs []string // by node

	nodes []*node
}

// node is the process of a node.
type node struct {
	command *exec.Cmd
	log     string
	ended   chan struct{} // closed when it has
}

// startTime bounds the start of a cluster on a busy machine.
const startTime = 5 * time.Minute

// heap is the memory of a node for what it computes.
const heap = "768m"

// Wanted skips a test unless the environment variable XUNWEN_OPENSEARCH is set: to the address of a cluster,
// which is returned, or to "start" for one that the test starts. `make e2e` sets it.
func Wanted(t testing.TB) (url string) {
	t.Helper()
	switch url = os.Getenv("XUNWEN_OPENSEARCH"); url {
	case "":
		t.Skip("this test needs an OpenSearch: set XUNWEN_OPENSEARCH=start, or to the address of one")
	case "start":
		return ""
	}
	return url
}

// Start starts a cluster. Without a JDK and Maven the test is skipped, or fails if the environment variable
// CI is set.
func Start(t testing.TB, nodes int, settings ...string) *Cluster {
	t.Helper()
	java, classPath := launcher(t)
	ctx, cancel := context.WithTimeout(t.Context(), startTime)
	defer cancel()
	c := &Cluster{}
	ports := freePorts(t, 2*nodes)
	var hosts, names []string
	for i := range nodes {
		hosts = append(hosts, fmt.Sprintf("127.0.0.1:%d", ports[nodes+i]))
		names = append(names, fmt.Sprintf("node-%d", i+1))
	}
	for i := range nodes {
		own := []string{
			"cluster.name=test", "node.name=" + names[i], "network.host=127.0.0.1",
			fmt.Sprintf("http.port=%d", ports[i]), fmt.Sprintf("transport.port=%d", ports[nodes+i]),
			"cluster.routing.allocation.disk.threshold_enabled=false",
		}
		if nodes == 1 {
			own = append(own, "discovery.type=single-node")
		} else {
			own = append(own, "discovery.seed_hosts="+strings.Join(hosts, ","),
				"cluster.initial_cluster_manager_nodes="+strings.Join(names, ","))
		}
		c.URLs = append(c.URLs, fmt.Sprintf("http://127.0.0.1:%d", ports[i]))
		c.nodes = append(c.nodes, startNode(t, java, classPath, append(own, settings...)))
	}
	c.waitFor(ctx, t, nodes)
	return c
}

// Connect returns a client for nodes that a test uses.
func Connect(t testing.TB, urls ...string) *client.Client {
	t.Helper()
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	c, err := client.Connect(client.Connection{Addresses: urls, Log: log})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// launcher returns java and the class path of the node.
func launcher(t testing.TB) (java, classPath string) {
	t.Helper()
	out, err := prepared()
	if err == nil {
		return out[0], out[1]
	}
	switch os.Getenv("CI") {
	case "", "0", "false":
		t.Skipf("this test needs an OpenSearch: %v", err)
	default:
		t.Fatalf("CI needs an OpenSearch: %v", err)
	}
	return "", ""
}

var prepared = sync.OnceValues(func() ([]string, error) {
	_, file, _, _ := runtime.Caller(0)
	script := filepath.Join(filepath.Dir(file), "..", "..", "..", "scripts", "opensearch-for-tests")
	var out, failed bytes.Buffer
	command := exec.Command("bash", script)
	command.Stdout, command.Stderr = &out, &failed
	if err := command.Run(); err != nil {
		return nil, fmt.Errorf("%w: %s", err, strings.TrimSpace(failed.String()))
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 2 {
		return nil, fmt.Errorf("%s printed %q", script, out.String())
	}
	return lines, nil
})

// freePorts returns ports that are free now.
func freePorts(t testing.TB, n int) []int {
	t.Helper()
	ports := make([]int, n)
	for i := range ports {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		ports[i] = l.Addr().(*net.TCPAddr).Port
	}
	return ports
}

func startNode(t testing.TB, java, classPath string, settings []string) *node {
	t.Helper()
	home := t.TempDir()
	if err := os.Mkdir(filepath.Join(home, "config"), 0o755); err != nil {
		t.Fatal(err)
	}
	const properties = "rootLogger.level = warn\nrootLogger.appenderRef.all.ref = all\nappender.all.type = Console\n" +
		"appender.all.name = all\nappender.all.layout.type = PatternLayout\nappender.all.layout.pattern = %d %p %c %m%n\n"
	logging := filepath.Join(home, "config", "log4j2.properties")
	if err := os.WriteFile(logging, []byte(properties), 0o600); err != nil {
		t.Fatal(err)
	}
	n := &node{log: filepath.Join(home, "log"), ended: make(chan struct{})}
	log, err := os.Create(n.log)
	if err != nil {
		t.Fatal(err)
	}
	arguments := append([]string{
		"-Xms" + heap, "-Xmx" + heap, "-Djava.io.tmpdir=" + home, "-Djna.nosys=true", "-Dlog4j2.disable.jmx=true",
		"-Dlog4j2.configurationFile=" + logging, "--add-modules=jdk.incubator.vector",
		"-cp", classPath, "TestNode", home,
	}, settings...)
	n.command = exec.Command(java, arguments...)
	n.command.Stdout, n.command.Stderr = log, log
	input, err := n.command.StdinPipe() // it ends when the test does, whatever happens
	if err != nil {
		t.Fatal(err)
	}
	if err := n.command.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		n.command.Wait() // how it ended is no matter
		log.Close()
		close(n.ended)
	}()
	t.Cleanup(func() {
		input.Close()
		n.command.Process.Kill()
		<-n.ended
	})
	return n
}

// waitFor waits until the cluster has some nodes and all of its indexes are there.
func (c *Cluster) waitFor(ctx context.Context, t testing.TB, nodes int) {
	t.Helper()
	for {
		for i, n := range c.nodes {
			select {
			case <-n.ended:
				if nodes == len(c.nodes) {
					t.Fatalf("node %d of OpenSearch ended: %s", i+1, n.tail())
				}
			default:
			}
		}
		for _, url := range c.URLs {
			if healthy(ctx, url, nodes) {
				return
			}
		}
		select {
		case <-ctx.Done():
			t.Fatalf("OpenSearch did not start: %s", c.nodes[0].tail())
		case <-time.After(200 * time.Millisecond):
		}
	}
}

func healthy(ctx context.Context, url string, nodes int) bool {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/_cluster/health", nil)
	if err != nil {
		return false
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return false
	}
	defer answer.Body.Close()
	var health struct {
		Status string `json:"status"`
		Nodes  int    `json:"number_of_nodes"`
	}
	return json.NewDecoder(answer.Body).Decode(&health) == nil && health.Nodes >= nodes && health.Status != "red"
}

// Kill kills a node, from 0, as a machine that loses its power.
func (c *Cluster) Kill(node int) {
	c.nodes[node].command.Process.Kill()
	<-c.nodes[node].ended
}

// tail returns the end of a node's log.
func (n *node) tail() string {
	f, err := os.Open(n.log)
	if err != nil {
		return err.Error()
	}
	defer f.Close()
	var last []string
	for s := bufio.NewScanner(io.LimitReader(f, 1<<20)); s.Scan(); {
		last = append(last, s.Text())
	}
	return strings.Join(last[max(0, len(last)-20):], "\n")
}
