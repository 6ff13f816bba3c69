// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import io.jobyard.api.handler.PermanentException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;

/** Sender of requests. It checks each target, including that of every redirect, with the guard. */
final class HttpCaller {

    private final CallClient clients;
    private final CallGuard guard;

    HttpCaller(CallClient clients, CallGuard guard) {
        this.clients = clients;
        this.guard = guard;
    }

    FollowedCall call(OutgoingRequest first, CallBounds bounds) throws Exception {
        OutgoingRequest request = first;
        for (int redirects = 0; ; redirects++) {
            CallAnswer answer = send(request, bounds);
            if (!bounds.followsRedirects() || !answer.isRedirect()) {
                return new FollowedCall(answer, request.target(), redirects);
            } else if (redirects == bounds.maxRedirects()) {
                throw new PermanentException(request.target().origin() + " redirects again after " + redirects
                        + " redirects, the maximum of redirects.max");
            }
            request = request.redirected(answer.status(), next(request.target(), answer.header("location")));
        }
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
    private CallAnswer send(OutgoingRequest request, CallBounds bounds) throws Exception {
        CallTarget target = request.target();
        guard.require(target);
        HttpClient client = clients.started();
        List<InetAddress> addresses = addresses(client, target, bounds.deadline());
        for (int i = 0; ; i++) {
            try {
                return send(client, request, addresses.get(i), bounds);
            } catch (CallFailedException e) {
                if (e.wasSent()
                        || i == addresses.size() - 1
                        || bounds.deadline().leftNanos() == 0) {
                    throw new CallFailedException(target.origin() + ": " + e.getMessage(), e.wasSent(), null);
                }
            }
        }
    }

    /** Resolves the target on another thread, because a lookup cannot be interrupted. */
    private List<InetAddress> addresses(HttpClient client, CallTarget target, CallDeadline deadline) throws Exception {
        FutureTask<List<InetAddress>> lookup = new FutureTask<>(() -> guard.addresses(target));
        client.getExecutor().execute(lookup);
        try {
            return lookup.get(deadline.leftNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new CallFailedException(
                    target.origin() + ": no address within " + deadline.seconds() + " s", false, null);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownHostException) {
                throw new CallFailedException(target.origin() + ": the host name has no address", false, null);
            }
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static CallAnswer send(HttpClient client, OutgoingRequest outgoing, InetAddress address, CallBounds bounds)
            throws CallFailedException, InterruptedException {
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
        try {
            return new SingleCall(bounds.maxBytes(), bounds.readsBody()).send(request, bounds.deadline());
        } finally {
            client.removeDestination(client.resolveDestination(request));
        }
    }
}
