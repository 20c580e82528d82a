package e2e

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// load is many concurrent clients, each on its own connection. A client sends the
// next request as soon as it has an answer and ignores Retry-After.
type load struct {
	base        string
	paths       []string
	connections int
	requests    int64         // 0 for no bound
	lasting     time.Duration // 0 for no bound
}

// outcome summarises the answers.
type outcome struct {
	statuses map[int]int
	accepted []time.Duration // durations of the answers with 200, ascending
	took     time.Duration
}

func (o outcome) String() string {
	n := len(o.accepted)
	if n == 0 {
		return fmt.Sprintf("%v in %v", o.statuses, o.took)
	}
	at := func(share float64) time.Duration {
		return o.accepted[int(share*float64(n-1))].Round(10 * time.Microsecond)
	}
	return fmt.Sprintf("answers by status %v in %v: %.0f accepted per second, p50 %v, p99 %v, longest %v",
		o.statuses, o.took.Round(time.Millisecond), float64(n)/o.took.Seconds(), at(0.5), at(0.99), at(1))
}

// run sends requests until the time or the number of requests is used up. An
// invalid answer fails the test.
func (l load) run(t *testing.T) outcome {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	if l.lasting > 0 {
		ctx, stop = context.WithTimeout(ctx, l.lasting)
		defer stop()
	}
	all := outcome{statuses: map[int]int{}}
	var asked atomic.Int64
	var mu sync.Mutex
	var wait sync.WaitGroup
	start := time.Now()
	for i := range l.connections {
		wait.Go(func() {
			c := client{base: l.base, random: rand.New(rand.NewPCG(1, uint64(i)))}
			defer c.close()
			statuses, accepted := map[int]int{}, []time.Duration{}
			for ctx.Err() == nil && (l.requests == 0 || asked.Add(1) <= l.requests) {
				status, took, err := c.ask(l.paths[c.random.IntN(len(l.paths))])
				if err != nil {
					t.Error(err)
					break
				}
				statuses[status]++
				if status == http.StatusOK {
					accepted = append(accepted, took)
				}
			}
			mu.Lock()
			defer mu.Unlock()
			all.accepted = append(all.accepted, accepted...)
			for status, n := range statuses {
				all.statuses[status] += n
			}
		})
	}
	wait.Wait()
	all.took = time.Since(start)
	slices.Sort(all.accepted)
	for status := range all.statuses {
		if status != http.StatusOK && status != http.StatusServiceUnavailable {
			t.Errorf("answers with status %d", status)
		}
	}
	return all
}

// client is one connection; net/http's own client costs as much as the server.
type client struct {
	base         string
	uncompressed bool // it asks for answers that are not compressed
	random       *rand.Rand
	conn         net.Conn
	reader       *bufio.Reader
}

func (c *client) close() {
	if c.conn != nil {
		c.conn.Close()
		c.conn = nil
	}
}

// ask sends a request and returns the status. A 503 must have a Retry-After.
func (c *client) ask(path string) (status int, took time.Duration, err error) {
	if c.conn == nil {
		if c.conn, err = net.Dial("tcp", strings.TrimPrefix(c.base, "http://")); err != nil {
			return 0, 0, err
		}
		c.reader = bufio.NewReader(c.conn)
	}
	start := time.Now()
	c.conn.SetDeadline(start.Add(waitTime))
	headers := "Host: localhost\r\n"
	if !c.uncompressed {
		headers += "Accept-Encoding: gzip\r\n"
	}
	if _, err := io.WriteString(c.conn, "GET "+path+" HTTP/1.1\r\n"+headers+"\r\n"); err != nil {
		return 0, 0, fmt.Errorf("%s: %w", path, err)
	}
	resp, err := http.ReadResponse(c.reader, nil)
	if err != nil {
		return 0, 0, fmt.Errorf("%s: %w", path, err)
	}
	_, err = io.Copy(io.Discard, resp.Body)
	if err = errors.Join(err, resp.Body.Close()); err != nil {
		return 0, 0, fmt.Errorf("%s: %w", path, err)
	}
	if resp.Close {
		c.close()
	}
	if resp.StatusCode == http.StatusServiceUnavailable && resp.Header.Get("Retry-After") == "" {
		return 0, 0, fmt.Errorf("%s: a 503 without Retry-After", path)
	}
	return resp.StatusCode, time.Since(start), nil
}
