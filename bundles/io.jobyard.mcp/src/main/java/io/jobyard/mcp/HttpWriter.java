// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes to an HTTP client as the client accepts more. It holds no thread while it waits. */
final class HttpWriter implements WriteListener, AsyncListener {

    /** Source of the text to write. Called by one thread at a time. */
    interface TextSource {

        /** Returns the next text; null if nothing is available now. */
        byte @Nullable [] next();

        /** Returns whether nothing is available now and nothing more will follow. */
        boolean isFinished();

        /** Notifies the source that no more text will be written. */
        void end();
    }

    private static final Logger LOG = LoggerFactory.getLogger(HttpWriter.class);

    private final AsyncContext context;
    private final ServletOutputStream out;
    private final TextSource source;
    private boolean dirty;
    private boolean gone;

    private HttpWriter(AsyncContext context, ServletOutputStream out, TextSource source) {
        this.context = context;
        this.out = out;
        this.source = source;
    }

    /** Begins to write, now and after each call of {@link #write}. */
    static HttpWriter begin(HttpServletRequest request, HttpServletResponse response, TextSource source)
            throws IOException {
        AsyncContext context = request.startAsync(request, response);
        context.setTimeout(0);
        HttpWriter writer = new HttpWriter(context, response.getOutputStream(), source);
        context.addListener(writer);
        writer.out.setWriteListener(writer);
        return writer;
    }

    @Override
    public void onWritePossible() {
        write();
    }

    /** Writes the available text. */
    synchronized void write() {
        try {
            while (!gone && out.isReady()) {
                byte[] next = source.next();
                if (next != null) {
                    out.write(next);
                    dirty = true;
                } else if (dirty) {
                    out.flush();
                    dirty = false;
                } else if (source.isFinished()) {
                    finish();
                } else {
                    return;
                }
            }
        } catch (IOException | IllegalStateException e) {
            LOG.debug("A client of MCP is gone: {}", e.toString());
            finish();
        }
    }

    private void finish() {
        if (!gone) {
            gone = true;
            source.end();
            context.complete();
        }
    }

    private synchronized void forget() {
        gone = true;
        source.end();
    }

    @Override
    public void onError(Throwable fault) {
        forget();
        context.complete();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        forget();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        forget();
    }

    @Override
    public void onError(AsyncEvent event) {
        forget();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // asynchronous processing is never restarted
    }
}
