// SPDX-License-Identifier: Apache-2.0
package io.jobyard.modelserver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Answer of the server.
 *
 * @param text the model's text; JSON if the call requested it
 * @param toolUses the requested tools
 * @param finish the reason for the end of the answer, in the OpenAI format: {@code stop}, {@code length}, {@code
 *     tool_calls}, {@code content_filter}
 * @param cachedTokens the number of cached tokens of the prompt
 * @param firstByte the delay before the first byte
 * @param betweenPieces the delay between two pieces of a stream
 * @param headers additional headers, for example {@code x-ratelimit-remaining-tokens}
 * @param fault the fault
 */
public record Turn(
        String text,
        List<ToolUse> toolUses,
        String finish,
        int cachedTokens,
        Duration firstByte,
        Duration betweenPieces,
        Map<String, String> headers,
        Fault fault) {

    /**
     * Call of a tool.
     *
     * @param id the id of the call
     * @param name the tool's name
     * @param arguments a JSON object
     */
    public record ToolUse(String id, String name, String arguments) {}

    /**
     * Copies the collections.
     *
     * @param text the model's text; JSON if the call requested it
     * @param toolUses the requested tools
     * @param finish the reason for the end of the answer, in the OpenAI format: {@code stop}, {@code length}, {@code
     *     tool_calls}, {@code content_filter}
     * @param cachedTokens the number of cached tokens of the prompt
     * @param firstByte the delay before the first byte
     * @param betweenPieces the delay between two pieces of a stream
     * @param headers additional headers, for example {@code x-ratelimit-remaining-tokens}
     * @param fault the fault
     */
    public Turn {
        toolUses = List.copyOf(toolUses);
        headers = Map.copyOf(headers);
    }

    /**
     * Returns an immediate answer without a fault.
     *
     * @param text the model's text
     * @return the turn
     */
    public static Turn text(String text) {
        return new Turn(text, List.of(), "stop", 0, Duration.ZERO, Duration.ZERO, Map.of(), Fault.NONE);
    }

    /**
     * Returns an answer that requests a tool.
     *
     * @param name the tool's name
     * @param arguments a JSON object
     * @return the turn
     */
    public static Turn tool(String name, String arguments) {
        return text("").andTool(name, arguments);
    }

    /**
     * Returns a refusal.
     *
     * @param status for example 429
     * @param message the provider's message
     * @return the turn
     */
    public static Turn refused(int status, String message) {
        return text("").with(new Fault.Refusal(status, "", message));
    }

    /**
     * Adds the request of another tool.
     *
     * @param name the tool's name
     * @param arguments a JSON object
     * @return the changed turn
     */
    public Turn andTool(String name, String arguments) {
        List<ToolUse> all = new ArrayList<>(toolUses);
        all.add(new ToolUse("call_" + (all.size() + 1), name, arguments));
        return new Turn(text, all, "tool_calls", cachedTokens, firstByte, betweenPieces, headers, fault);
    }

    /**
     * Sets the fault.
     *
     * @param other the fault
     * @return the changed turn
     */
    public Turn with(Fault other) {
        return new Turn(text, toolUses, finish, cachedTokens, firstByte, betweenPieces, headers, other);
    }

    /**
     * Adds a header.
     *
     * @param name the header's name
     * @param value the header's value
     * @return the changed turn
     */
    public Turn header(String name, String value) {
        Map<String, String> all = new TreeMap<>(headers);
        all.put(name, value);
        return new Turn(text, toolUses, finish, cachedTokens, firstByte, betweenPieces, all, fault);
    }

    /**
     * Sets the reason for the end of the answer.
     *
     * @param reason for example {@code length}
     * @return the changed turn
     */
    public Turn finish(String reason) {
        return new Turn(text, toolUses, reason, cachedTokens, firstByte, betweenPieces, headers, fault);
    }

    /**
     * Sets the number of cached tokens of the prompt.
     *
     * @param tokens the number
     * @return the changed turn
     */
    public Turn cached(int tokens) {
        return new Turn(text, toolUses, finish, tokens, firstByte, betweenPieces, headers, fault);
    }

    /**
     * Sets the delays.
     *
     * @param first the delay before the first byte
     * @param between the delay between two pieces of a stream
     * @return the changed turn
     */
    public Turn paced(Duration first, Duration between) {
        return new Turn(text, toolUses, finish, cachedTokens, first, between, headers, fault);
    }
}
