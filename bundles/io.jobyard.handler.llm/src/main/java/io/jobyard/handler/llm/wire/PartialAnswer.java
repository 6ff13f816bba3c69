// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Received parts of an answer, complete or streamed. For one thread. */
public final class PartialAnswer {

    private static final int NONE = -1;

    private final int maxBytes;
    private final boolean isJson;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder fresh = new StringBuilder();
    private final StringBuilder received = new StringBuilder();
    private final Map<Integer, ToolSoFar> tools = new TreeMap<>();
    private int answerTool = NONE;
    private long bytes;
    private @Nullable String finish;
    private @Nullable Long input;
    private long cached;
    private @Nullable Long output;

    /** A tool call while its arguments arrive. */
    private static final class ToolSoFar {
        private String id = "";
        private String name = "";
        private final StringBuilder arguments = new StringBuilder();
    }

    /**
     * Begins.
     *
     * @param maxBytes an answer of more bytes of text and arguments is refused
     * @param isJson whether a schema was given: what the tool {@link WireForm#ANSWER} takes is the text then
     */
    public PartialAnswer(int maxBytes, boolean isJson) {
        this.maxBytes = maxBytes;
        this.isJson = isJson;
    }

    void text(String piece) {
        receive(piece);
        text.append(piece);
        fresh.append(piece);
    }

    /** A later event may identify the tool only by its index. */
    void tool(int index, String id, String name) {
        receive(name);
        if (isJson && name.equals(WireForm.ANSWER)) {
            answerTool = index;
            return;
        }
        ToolSoFar tool = tools.computeIfAbsent(index, any -> new ToolSoFar());
        tool.id = id.isEmpty() ? tool.id : id;
        tool.name = name.isEmpty() ? tool.name : name;
    }

    void arguments(int index, String piece) {
        if (index == answerTool) {
            text(piece);
            return;
        }
        receive(piece);
        tools.computeIfAbsent(index, any -> new ToolSoFar()).arguments.append(piece);
    }

    private void receive(String piece) {
        bytes += piece.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > maxBytes) {
            throw new AnswerTooLargeException(maxBytes);
        }
        received.append(piece);
    }

    void finish(String reason) {
        finish = answerTool != NONE && reason.equals("tool_calls") ? "stop" : reason;
    }

    /** Negative numbers say nothing. */
    void input(long tokens, long fromCache) {
        if (tokens >= 0 && fromCache >= 0 && fromCache <= tokens) {
            input = tokens;
            cached = fromCache;
        }
    }

    void output(long tokens) {
        if (tokens >= 0) {
            output = tokens;
        }
    }

    /** Returns the text that has arrived since the previous call. */
    public String takeFresh() {
        String taken = fresh.toString();
        fresh.setLength(0);
        return taken;
    }

    public String text() {
        return text.toString();
    }

    public List<RequestedTool> toolCalls() {
        return tools.values().stream()
                .map(tool -> new RequestedTool(tool.id, tool.name, tool.arguments.toString()))
                .toList();
    }

    /** Returns everything that the model has produced, which is what it costs. */
    public String received() {
        return received.toString();
    }

    /** Returns the number of received characters. */
    public int length() {
        return received.length();
    }

    /** Whether the model has ended it. */
    public boolean isFinished() {
        return finish != null;
    }

    /**
     * Returns the reason of the end: {@code stop}, {@code length}, {@code tool_calls}, {@code content_filter}, or the
     * provider's own word.
     */
    public String finishReason() {
        return finish == null ? "" : finish;
    }

    /** Returns null if the provider has not reported it. */
    public @Nullable Long inputTokens() {
        return input;
    }

    public long cachedTokens() {
        return cached;
    }

    /** Returns null if the provider has not reported it. */
    public @Nullable Long outputTokens() {
        return output;
    }
}
