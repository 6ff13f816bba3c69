// SPDX-License-Identifier: Apache-2.0
package io.jobyard.modelserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Handler of {@code POST /v1/chat/completions}. */
final class OpenAiChat implements OpenAiForm {

    @Override
    public SeenCall.Kind kind() {
        return SeenCall.Kind.CHAT;
    }

    @Override
    public Stream<JsonNode> charged(JsonNode body) {
        return Stream.of(
                        AnswerForm.items(body.path("messages"))
                                .flatMap(message -> Stream.of(message.path("content"), message.path("tool_calls"))),
                        AnswerForm.items(body.path("tools")),
                        Stream.of(body.path("response_format")))
                .flatMap(all -> all);
    }

    @Override
    public String prompt(JsonNode body) throws BadCallException {
        JsonNode messages = body.path("messages");
        if (!messages.isArray() || messages.isEmpty()) {
            throw new BadCallException(400, "Missing required parameter: 'messages'.");
        }
        return AnswerForm.text(messages.get(messages.size() - 1).path("content"));
    }

    @Override
    public String whole(Told told) {
        ObjectNode answer = head(told, "chat.completion");
        ObjectNode choice = answer.putArray("choices").addObject();
        choice.put("index", 0);
        ObjectNode message = choice.putObject("message").put("role", "assistant");
        if (told.turn().text().isEmpty()) {
            message.putNull("content");
        } else {
            message.put("content", told.turn().text());
        }
        if (!told.turn().toolUses().isEmpty()) {
            ArrayNode calls = message.putArray("tool_calls");
            told.turn().toolUses().forEach(use -> toolCall(calls.addObject(), use.id(), use.name(), use.arguments()));
        }
        choice.put("finish_reason", told.turn().finish());
        if (told.tokens().told()) {
            answer.set("usage", usage(told.tokens()));
        }
        return answer.toString();
    }

    @Override
    public List<Piece> pieces(Told told) {
        List<Piece> pieces = new ArrayList<>();
        pieces.add(piece(told, "", delta -> delta.put("role", "assistant").put("content", "")));
        for (String word : AnswerForm.words(told.turn().text())) {
            pieces.add(piece(told, word, delta -> delta.put("content", word)));
        }
        for (int i = 0; i < told.turn().toolUses().size(); i++) {
            tool(told, i, pieces);
        }
        ObjectNode last = chunk(told);
        choice(last, told.turn().finish()).putObject("delta");
        pieces.add(new Piece(data(last), ""));
        boolean wanted =
                told.call().body().path("stream_options").path("include_usage").asBoolean();
        if (wanted && told.tokens().told()) {
            ObjectNode usage = chunk(told);
            usage.putArray("choices");
            usage.set("usage", usage(told.tokens()));
            pieces.add(new Piece(data(usage), ""));
        }
        pieces.add(new Piece("data: [DONE]\n\n", ""));
        return pieces;
    }

    /** Adds the call of a tool: first its name, then its arguments in pieces. */
    private static void tool(Told told, int index, List<Piece> pieces) {
        Turn.ToolUse use = told.turn().toolUses().get(index);
        pieces.add(piece(
                told,
                use.name(),
                delta -> toolCall(
                        delta.putArray("tool_calls").addObject().put("index", index), use.id(), use.name(), "")));
        for (String word : AnswerForm.words(use.arguments())) {
            pieces.add(piece(
                    told,
                    word,
                    delta -> delta.putArray("tool_calls")
                            .addObject()
                            .put("index", index)
                            .putObject("function")
                            .put("arguments", word)));
        }
    }

    private static void toolCall(ObjectNode call, String id, String name, String arguments) {
        call.put("id", id)
                .put("type", "function")
                .putObject("function")
                .put("name", name)
                .put("arguments", arguments);
    }

    private static Piece piece(Told told, String adds, Consumer<ObjectNode> fill) {
        ObjectNode chunk = chunk(told);
        fill.accept(choice(chunk, null).putObject("delta"));
        return new Piece(data(chunk), adds);
    }

    private static ObjectNode choice(ObjectNode chunk, @Nullable String finish) {
        return chunk.putArray("choices").addObject().put("index", 0).put("finish_reason", finish);
    }

    private static ObjectNode chunk(Told told) {
        return head(told, "chat.completion.chunk");
    }

    private static ObjectNode head(Told told, String object) {
        return AnswerForm.object()
                .put("id", told.id())
                .put("object", object)
                .put("created", 1_700_000_000)
                .put("model", told.call().model());
    }

    private static String data(JsonNode json) {
        return "data: " + json + "\n\n";
    }

    private static ObjectNode usage(Tokens tokens) {
        ObjectNode usage = AnswerForm.object()
                .put("prompt_tokens", tokens.input())
                .put("completion_tokens", tokens.output())
                .put("total_tokens", tokens.input() + tokens.output());
        usage.putObject("prompt_tokens_details").put("cached_tokens", tokens.cached());
        return usage;
    }
}
