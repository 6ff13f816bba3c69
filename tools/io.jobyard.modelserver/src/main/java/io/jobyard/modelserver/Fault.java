// SPDX-License-Identifier: Apache-2.0
package io.jobyard.modelserver;

/** What goes wrong with an answer. */
public sealed interface Fault {

    /** Nothing. */
    Fault NONE = new None();

    /** Nothing goes wrong. */
    record None() implements Fault {}

    /**
     * An answer with an error and its status; nothing is charged.
     *
     * @param status such as 429 or 529
     * @param code the provider's word for it; empty for the usual one of that status
     * @param message as the provider would say it
     */
    record Refusal(int status, String code, String message) implements Fault {}

    /**
     * The connection ends within the answer, of a stream after so many pieces. The prompt is charged, and what was sent.
     *
     * @param pieces how many pieces of text are sent before
     */
    record Cut(int pieces) implements Fault {}

    /**
     * Nothing comes any more until the server ends, of a stream after so many pieces. The prompt is charged, and what was sent.
     *
     * @param pieces how many pieces of text are sent before; negative if not even the status comes
     */
    record Silence(int pieces) implements Fault {}

    /**
     * A stream says that the provider failed, after so many pieces. The prompt is charged, and what was sent.
     *
     * @param pieces how many pieces of text are sent before
     * @param code the provider's word for it, such as {@code overloaded_error}
     * @param message as the provider would say it
     */
    record Broken(int pieces, String code, String message) implements Fault {}

    /** The answer, or an event of the stream, is cut JSON. The prompt is charged. */
    record BadJson() implements Fault {}

    /** The answer is a page of HTML, with the status and the type of a good one. The prompt is charged. */
    record BadBody() implements Fault {}

    /** The answer says nothing of what it used; all is charged. */
    record NoUsage() implements Fault {}

    /**
     * The answer says something else than what is charged.
     *
     * @param inputTokens told
     * @param outputTokens told
     */
    record WrongUsage(long inputTokens, long outputTokens) implements Fault {}
}
