// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Announces the end of the connection if the request's body was not read completely: the server then closes it, and the
 * client must not send its next request there. Received bytes of a refused request's body are read first.
 */
final class UnreadBodies extends Handler.Wrapper {

    private static final HttpField CLOSE =
            new PreEncodedHttpField(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());

    UnreadBodies(Handler next) {
        super(next);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        HttpFields headers = request.getHeaders();
        if (headers.getLongField(HttpHeader.CONTENT_LENGTH) > 0 || headers.contains(HttpHeader.TRANSFER_ENCODING)) {
            boolean isSent = !headers.contains(HttpHeader.EXPECT);
            request.addHttpStreamWrapper(stream -> new BodyWatch(stream, response, isSent));
        }
        return super.handle(request, response, callback);
    }

    /** Records whether the body was read to its end. */
    private static final class BodyWatch extends HttpStream.Wrapper {

        private final Response response;
        private final boolean isSent;
        private volatile boolean hasEnded;

        BodyWatch(HttpStream stream, Response response, boolean isSent) {
            super(stream);
            this.response = response;
            this.isSent = isSent;
        }

        @Override
        public Content.Chunk read() {
            Content.Chunk chunk = super.read();
            hasEnded |= chunk != null && chunk.isLast() && !Content.Chunk.isFailure(chunk);
            return chunk;
        }

        @Override
        public void prepareResponse(HttpFields.Mutable headers) {
            super.prepareResponse(headers);
            boolean isRefused = isSent && HttpStatus.isClientError(response.getStatus());
            if (!hasEnded && !(isRefused && consumeAvailable() == null)) {
                headers.put(CLOSE);
            }
        }
    }
}
