// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Requests to any path of the REST interface, for routes without a method of {@link JobyardClient}. */
public abstract sealed class RestRequests permits JobyardClient {

    final HttpCalls calls;

    RestRequests(HttpCalls calls) {
        this.calls = calls;
    }

    /**
     * {@return the answer} Sends a GET request to any path of the REST interface.
     *
     * @param path the path, for example {@code /api/v1/queues}
     */
    public CompletableFuture<JsonNode> get(String path) {
        return calls.send(HttpCall.get(path));
    }

    /**
     * {@return the answer}
     * Sends a POST request to any path of the REST interface. The client repeats the request only if the host certainly
     * did not execute it.
     *
     * @param path the path, for example {@code /api/v1/jobs/ID/pause}
     * @param body the body, which Jackson converts to JSON; null for none
     */
    public CompletableFuture<JsonNode> post(String path, @Nullable Object body) {
        return calls.write(() -> HttpCall.post(path, body, false));
    }

    /**
     * Sends bytes in a POST request, for requests of the REST interface in other formats than JSON. The request is never
     * repeated.
     *
     * @param path the path, for example {@code /api/v1/commands}
     * @param mediaType the media type of the body and the answer
     * @param body the body, read while it is sent; the timeout applies until the answer begins
     * @return completes when the answer begins; closing the answer ends the request, and reading it fails after 45
     *     seconds without data
     */
    public CompletableFuture<InputStream> exchange(String path, String mediaType, InputStream body) {
        return calls.exchange(path, mediaType, body);
    }
}
