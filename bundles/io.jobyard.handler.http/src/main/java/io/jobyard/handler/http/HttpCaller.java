// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import io.jobyard.api.handler.PermanentException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** Sender of the requests of one run. It checks each target, including that of every redirect, with the guard. */
final class HttpCaller {

    private final HttpClient client;
    private final CallGuard guard;
    private final CallBounds bounds;
    private final CompletableFuture<?> run;

    /** @param run future of the run; once it completes, for example by a cancel, the connection is closed */
    HttpCaller(HttpClient client, CallGuard guard, CallBounds bounds, CompletableFuture<?> run) {
        this.client = client;
        this.guard = guard;
        this.bounds = bounds;
        this.run = run;
    }

    /** Calls the target, and follows redirects. */
    CompletableFuture<FollowedCall> call(OutgoingRequest first) {
        return call(first, 0);
    }

    private CompletableFuture<FollowedCall> call(OutgoingRequest request, int redirects) {
        return send(request).thenCompose(answer -> {
            if (!bounds.followsRedirects() || !answer.isRedirect()) {
                return CompletableFuture.completedFuture(new FollowedCall(answer, request.target(), redirects));
            } else if (redirects == bounds.maxRedirects()) {
                throw new PermanentException(request.target().origin() + " redirects again after " + redirects
                        + " redirects, the maximum of redirects.max");
            }
            CallTarget next = next(request.target(), answer.header("location"));
            return call(request.redirected(answer.status(), next), redirects + 1);
        });
    }

    private static CallTarget next(CallTarget from, String location) {
        try {
            CallTarget to = from.resolve(location);
            if (from.scheme().equals("https") && to.scheme().equals("http")) {
                throw new IllegalArgumentException("it redirects from https to http");
            }
            return to;
        } catch (IllegalArgumentException e) {
            throw new PermanentException("a redirect from " + from.origin() + " is not allowed: " + e.getMessage());
        }
    }

    /** Tries the addresses one after the other until one accepts the connection. */
    private CompletableFuture<CallAnswer> send(OutgoingRequest request) {
        guard.require(request.target());
        return addresses(request.target()).thenCompose(all -> send(request, all));
    }

    private CompletableFuture<CallAnswer> send(OutgoingRequest request, List<InetAddress> addresses) {
        return send(request, addresses.get(0)).exceptionallyCompose(fault -> {
            if (!(cause(fault) instanceof CallFailedException e)) {
                return CompletableFuture.failedFuture(fault);
            } else if (e.wasSent() || addresses.size() == 1 || bounds.deadline().leftNanos() == 0) {
                String message = request.target().origin() + ": " + e.getMessage();
                return CompletableFuture.failedFuture(new CallFailedException(message, e.wasSent(), null));
            }
            return send(request, addresses.subList(1, addresses.size()));
        });
    }

    /** Resolves the target on a thread of the client, because a lookup blocks, and cannot be interrupted. */
    private CompletableFuture<List<InetAddress>> addresses(CallTarget target) {
        CallDeadline deadline = bounds.deadline();
        return CompletableFuture.supplyAsync(() -> lookup(target), client.getExecutor())
                .orTimeout(deadline.leftNanos(), TimeUnit.NANOSECONDS)
                .handleAsync((all, fault) -> found(target, all, fault), client.getExecutor());
    }

    private List<InetAddress> lookup(CallTarget target) {
        try {
            return guard.addresses(target);
        } catch (UnknownHostException e) {
            throw new CallFailedException(target.origin() + ": the host name has no address", false, null);
        }
    }

    private List<InetAddress> found(CallTarget target, List<InetAddress> addresses, @Nullable Throwable fault) {
        if (fault instanceof TimeoutException) {
            String message =
                    target.origin() + ": no address within " + bounds.deadline().seconds() + " s";
            throw new CallFailedException(message, false, null);
        } else if (fault != null) {
            throw new CompletionException(cause(fault));
        }
        return addresses;
    }

    static Throwable cause(Throwable fault) {
        return fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
    }

    private CompletableFuture<CallAnswer> send(OutgoingRequest outgoing, InetAddress address) {
        CallTarget target = outgoing.target();
        Request request = client.newRequest(target.url())
                .transport(PinnedTransport.to(address, target))
                .version(HttpVersion.HTTP_1_1)
                .method(outgoing.method())
                .headers(headers -> {
                    outgoing.headers().forEach((name, value) -> headers.put(new HttpField(name, value)));
                    headers.put(HttpHeader.CONNECTION, "close");
                });
        byte[] body = outgoing.body();
        if (body != null) {
            request.body(new BytesRequestContent(outgoing.headers().get(OutgoingRequest.CONTENT_TYPE), body));
        }
        return new SingleCall(bounds.maxBytes(), bounds.readsBody())
                .send(request, bounds.deadline(), run)
                .whenComplete((answer, fault) -> client.removeDestination(client.resolveDestination(request)));
    }
}
