// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.wire;

/** Thrown if a provider reports a failure within its answer. */
public final class ProviderFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ProviderError error;

    public ProviderFailedException(ProviderError error) {
        super(error.code() + ": " + error.message());
        this.error = error;
    }

    public ProviderError error() {
        return error;
    }
}
