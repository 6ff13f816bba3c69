// SPDX-License-Identifier: Apache-2.0
package io.jobyard.modelserver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An answer of the server.
 *
 * @param text what the model says; JSON where the call asked for it
 * @param toolUses which tools it asks for
 * @param finish why the answer ends, in the words of the OpenAI form: {@code stop}, {@code length}, {@code tool_calls}, {@code content_filter}
 * @param cachedTokens how many tokens of the prompt count as cached
 * @param firstByte how long nothing comes
 * @param betweenPieces how long nothing comes between two pieces of a stream
 * @param headers further headers of the answer, such as {@code x-ratelimit-remaining-tokens}
 * @param fault what goes wrong
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
     * A call of a tool.
     *
     * @param id of this call
     * @param name of the tool
     * @param arguments a JSON object
     */
    public record ToolUse(String id, String name, String arguments) {}

    /**
     * Copies its collections.
     *
     * @param text what the model says; JSON where the call asked for it
     * @param toolUses which tools it asks for
     * @param finish why the answer ends, in the words of the OpenAI form: {@code stop}, {@code length}, {@code tool_calls}, {@code content_filter}
     * @param cachedTokens how many tokens of the prompt count as cached
     * @param firstByte how long nothing comes
     * @param betweenPieces how long nothing comes between two pieces of a stream
     * @param headers further headers of the answer, such as {@code x-ratelimit-remaining-tokens}
     * @param fault what goes wrong
     */
    public Turn {
        toolUses = List.copyOf(toolUses);
        headers = Map.copyOf(headers);
    }

    /**
     * An answer at once and without a fault.
     *
     * @param text what the model says
     * @return the turn
     */
    public static Turn text(String text) {
        return new Turn(text, List.of(), "stop", 0, Duration.ZERO, Duration.ZERO, Map.of(), Fault.NONE);
    }

    /**
     * An answer that asks for a tool.
     *
     * @param name of the tool
     * @param arguments a JSON object
     * @return the turn
     */
    public static Turn tool(String name, String arguments) {
        return text("").andTool(name, arguments);
    }

    /**
     * A refusal.
     *
     * @param status such as 429
     * @param message as the provider would say it
     * @return the turn
     */
    public static Turn refused(int status, String message) {
        return text("").with(new Fault.Refusal(status, "", message));
    }

    /**
     * Asks for a further tool.
     *
     * @param name of the tool
     * @param arguments a JSON object
     * @return the same with it
     */
    public Turn andTool(String name, String arguments) {
        List<ToolUse> all = new ArrayList<>(toolUses);
        all.add(new ToolUse("call_" + (all.size() + 1), name, arguments));
        return new Turn(text, all, "tool_calls", cachedTokens, firstByte, betweenPieces, headers, fault);
    }

    /**
     * Has something go wrong.
     *
     * @param other what
     * @return the same with it
     */
    public Turn with(Fault other) {
        return new Turn(text, toolUses, finish, cachedTokens, firstByte, betweenPieces, headers, other);
    }

    /**
     * Adds a header.
     *
     * @param name of the header
     * @param value its value
     * @return the same with it
     */
    public Turn header(String name, String value) {
        Map<String, String> all = new TreeMap<>(headers);
        all.put(name, value);
        return new Turn(text, toolUses, finish, cachedTokens, firstByte, betweenPieces, all, fault);
    }

    /**
     * Ends for another reason.
     *
     * @param reason such as {@code length}
     * @return the same with it
     */
    public Turn finish(String reason) {
        return new Turn(text, toolUses, reason, cachedTokens, firstByte, betweenPieces, headers, fault);
    }

    /**
     * Counts a part of the prompt as cached.
     *
     * @param tokens how many
     * @return the same with it
     */
    public Turn cached(int tokens) {
        return new Turn(text, toolUses, finish, tokens, firstByte, betweenPieces, headers, fault);
    }

    /**
     * Takes its time.
     *
     * @param first until the first byte
     * @param between two pieces of a stream
     * @return the same with it
     */
    public Turn paced(Duration first, Duration between) {
        return new Turn(text, toolUses, finish, cachedTokens, first, between, headers, fault);
    }
}
