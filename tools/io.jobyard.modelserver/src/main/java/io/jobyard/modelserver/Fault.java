// SPDX-License-Identifier: Apache-2.0
package io.jobyard.modelserver;

/** Fault of an answer. */
public sealed interface Fault {

    /** No fault. */
    Fault NONE = new None();

    /** No fault. */
    record None() implements Fault {}

    /**
     * Answer with an error status. It has no charge.
     *
     * @param status for example 429 or 529
     * @param code the provider's error code; empty for the default of the status
     * @param message the provider's message
     */
    record Refusal(int status, String code, String message) implements Fault {}

    /**
     * Connection that ends within the answer. The server charges the prompt and the sent text.
     *
     * @param pieces the number of pieces of a stream before the end
     */
    record Cut(int pieces) implements Fault {}

    /**
     * Answer that stops until the server ends. The server charges the prompt and the sent text.
     *
     * @param pieces the number of pieces of a stream before the silence; negative for silence before the status
     */
    record Silence(int pieces) implements Fault {}

    /**
     * Stream with an error of the provider. The server charges the prompt and the sent text.
     *
     * @param pieces the number of pieces before the error
     * @param code the provider's error code, for example {@code overloaded_error}
     * @param message the provider's message
     */
    record Broken(int pieces, String code, String message) implements Fault {}

    /** Answer, or event of a stream, with incomplete JSON. The server charges the prompt. */
    record BadJson() implements Fault {}

    /** HTML page with the status and media type of a valid answer. The server charges the prompt. */
    record BadBody() implements Fault {}

    /** Answer without usage. The server charges all of it. */
    record NoUsage() implements Fault {}

    /**
     * Answer with wrong usage.
     *
     * @param inputTokens the reported number
     * @param outputTokens the reported number
     */
    record WrongUsage(long inputTokens, long outputTokens) implements Fault {}
}
