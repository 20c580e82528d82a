package mcp

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
)

// Path is where agents reach the tools over HTTP.
const Path = "/mcp"

// Handler answers requests by the streamable HTTP transport, each on its own: there are no
// sessions. base returns the address by which a client reaches the pages. A tool ends with
// the context of its request.
func (s *Server) Handler(base func(*http.Request) string) http.Handler {
	transport := sdk.NewStreamableHTTPHandler(
		func(*http.Request) *sdk.Server { return s.sdk },
		&sdk.StreamableHTTPOptions{
			Stateless:                    true,
			JSONResponse:                 true,
			PropagateRequestCancellation: true,
			DisableLocalhostProtection:   true, // package server checks the Host header
		},
	)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxLine))
			if err != nil {
				refuse(w, err)
				return
			}
			if start := bytes.TrimLeft(body, " \t\r\n"); len(start) > 0 && start[0] == '[' {
				http.Error(w, "send one message in a request: a batch would be many requests to the limits",
					http.StatusBadRequest)
				return
			}
			r.Body = io.NopCloser(bytes.NewReader(body))
		}
		ctx, cancel := patient(r.Context())
		defer cancel()
		ctx = context.WithValue(ctx, originKey{}, origin{base: base(r), ends: r.Context})
		transport.ServeHTTP(w, r.WithContext(ctx))
	})
}

// patient returns a context that is cancelled with ctx but has no deadline: the transport
// would not wait for the answer of a tool that says that its time is up. Tools end in time.
func patient(ctx context.Context) (context.Context, context.CancelFunc) {
	return cancelledWith(context.WithoutCancel(ctx), ctx)
}

// cancelledWith returns a context that is cancelled when a request is, but not at its deadline.
func cancelledWith(ctx, request context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	stop := context.AfterFunc(request, func() {
		if !errors.Is(request.Err(), context.DeadlineExceeded) {
			cancel()
		}
	})
	return ctx, func() { stop(); cancel() }
}

// refuse answers a request whose body can't be read.
func refuse(w http.ResponseWriter, err error) {
	var long *http.MaxBytesError
	if errors.As(err, &long) {
		http.Error(w, "the message is too long", http.StatusRequestEntityTooLarge)
		return
	}
	http.Error(w, "the message can't be read", http.StatusBadRequest)
}

// origin is where a call comes from. The transport gives tools a context that doesn't end
// with the request, but keeps its values.
type origin struct {
	base string
	ends func() context.Context // the request's own
}

type originKey struct{}

// baseOf returns the address of the pages for links, "" for none.
func (s *Server) baseOf(ctx context.Context) string {
	if o, ok := ctx.Value(originKey{}).(origin); ok && o.base != "" {
		return o.base
	}
	return s.base
}

// bound returns a context that ends with the request; without a request, after streamTime.
func bound(ctx context.Context) (context.Context, context.CancelFunc) {
	o, ok := ctx.Value(originKey{}).(origin)
	if !ok {
		return context.WithTimeout(ctx, streamTime)
	}
	request := o.ends()
	ctx, cancel := cancelledWith(ctx, request)
	ends, ok := request.Deadline()
	if !ok {
		return ctx, cancel
	}
	ctx, expire := context.WithDeadline(ctx, ends)
	return ctx, func() { expire(); cancel() }
}

// streamTime bounds a call without a request.
const streamTime = 30 * time.Second
