// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Received parts of an answer, complete or streamed. Only for one thread. */
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

    /** Tool call while its arguments arrive. */
    private static final class ToolSoFar {
        private String id = "";
        private String name = "";
        private final StringBuilder arguments = new StringBuilder();
    }

    /**
     * Creates an empty answer.
     *
     * @param maxBytes maximum number of bytes of text and arguments
     * @param isJson whether a schema was given; then the input of the tool {@link WireForm#ANSWER} is the text
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

    /** Returns the tool call. Later events may identify it only by its index. */
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

    /** Sets the prompt tokens. Ignores inconsistent numbers of the provider. */
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

    /** Returns all text that the model has produced, which determines the cost. */
    public String received() {
        return received.toString();
    }

    /** Returns the number of received characters. */
    public int length() {
        return received.length();
    }

    /** Returns whether the model has ended the answer. */
    public boolean isFinished() {
        return finish != null;
    }

    /**
     * Returns the reason of the end: {@code stop}, {@code length}, {@code tool_calls}, {@code content_filter}, or another word of the
     * provider.
     */
    public String finishReason() {
        return finish == null ? "" : finish;
    }

    /** Returns the number of prompt tokens; null if the provider has not reported it. */
    public @Nullable Long inputTokens() {
        return input;
    }

    public long cachedTokens() {
        return cached;
    }

    /** Returns the number of answer tokens; null if the provider has not reported it. */
    public @Nullable Long outputTokens() {
        return output;
    }
}
