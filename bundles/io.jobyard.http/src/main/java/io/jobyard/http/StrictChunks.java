// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpParser;
import org.jspecify.annotations.Nullable;

/**
 * Request parser that refuses an empty line in place of a chunk size. Jetty skips such lines; a proxy in front of the host may read
 * them differently, and then the two disagree about the end of the body.
 */
final class StrictChunks extends HttpParser {

    private @Nullable ByteBuffer buffer;
    /** The number of bytes parsed before the buffer, minus the buffer's start position. */
    private long before;
    /** The position of the next chunk's size. */
    private long sizeAt;

    StrictChunks(RequestHandler handler, HttpParser like, int maxHeaderBytes, HttpCompliance compliance) {
        super(handler, maxHeaderBytes, compliance);
        setHeaderCacheSize(like.getHeaderCacheSize());
        setHeaderCacheCaseSensitive(like.isHeaderCacheCaseSensitive());
    }

    @Override
    public boolean parseNext(ByteBuffer next) {
        before -= next.position();
        buffer = next;
        try {
            return super.parseNext(next);
        } finally {
            before += next.position();
            buffer = null;
        }
    }

    @Override
    protected void setState(State state) {
        super.setState(state);
        ByteBuffer parsed = buffer;
        if (parsed != null && state == State.CHUNKED_CONTENT) {
            sizeAt = before + parsed.position();
        } else if (parsed != null && state == State.CHUNK_SIZE && before + parsed.position() != sizeAt + 1) {
            throw new BadMessageException("empty line in place of a chunk size");
        }
    }
}
