// SPDX-License-Identifier: Apache-2.0
package io.jobyard.modelserver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Handler of {@code POST /v1/messages} in the Anthropic format. */
final class AnthropicMessages implements AnswerForm {

    @Override
    public SeenCall.Kind kind() {
        return SeenCall.Kind.CHAT;
    }

    @Override
    public String key(Headers headers) throws BadCallException {
        if (headers.getFirst("anthropic-version") == null) {
            throw new BadCallException(400, "anthropic-version: header is required");
        }
        String key = headers.getFirst("x-api-key");
        if (key == null) {
            throw new BadCallException(401, "x-api-key header is required");
        }
        return key;
    }

    @Override
    public Stream<JsonNode> charged(JsonNode body) {
        return Stream.of(
                        Stream.of(body.path("system")),
                        AnswerForm.items(body.path("messages")).map(message -> message.path("content")),
                        AnswerForm.items(body.path("tools")))
                .flatMap(all -> all);
    }

    @Override
    public String prompt(JsonNode body) throws BadCallException {
        JsonNode messages = body.path("messages");
        if (!messages.isArray() || messages.isEmpty()) {
            throw new BadCallException(400, "messages: at least one message is required");
        }
        if (!body.path("max_tokens").isInt()) {
            throw new BadCallException(400, "max_tokens: Field required");
        }
        return AnswerForm.text(messages.get(messages.size() - 1).path("content"));
    }

    @Override
    public String output(SeenCall call, Turn turn) {
        return AnswerForm.super.output(call, as(call, turn));
    }

    /** Converts the answer to the input of a tool if the model must use one. */
    private static Turn as(SeenCall call, Turn turn) {
        JsonNode choice = call.body().path("tool_choice");
        return choice.path("type").asText().equals("tool") && turn.toolUses().isEmpty()
                ? Turn.tool(choice.path("name").asText(), turn.text()).finish(turn.finish())
                : turn;
    }

    @Override
    public String whole(Told told) {
        Turn turn = as(told.call(), told.turn());
        ObjectNode answer = message(told);
        ArrayNode content = (ArrayNode) answer.get("content");
        if (!turn.text().isEmpty()) {
            content.addObject().put("type", "text").put("text", turn.text());
        }
        turn.toolUses().forEach(use -> toolUse(content.addObject(), use).set("input", read(use.arguments())));
        answer.put("stop_reason", stopReason(turn));
        if (told.tokens().told()) {
            answer.set("usage", usage(told.tokens(), told.tokens().output()));
        }
        return answer.toString();
    }

    @Override
    public List<Piece> pieces(Told told) {
        Turn turn = as(told.call(), told.turn());
        List<Piece> pieces = new ArrayList<>();
        ObjectNode start = type("message_start");
        ObjectNode message = message(told);
        if (told.tokens().told()) {
            message.set("usage", usage(told.tokens(), 1));
        }
        start.set("message", message);
        pieces.add(new Piece(event(start), ""));
        pieces.add(new Piece(event(type("ping")), ""));
        int index = 0;
        if (!turn.text().isEmpty()) {
            block(index++, AnswerForm.object().put("type", "text").put("text", ""), "", "text", turn.text(), pieces);
        }
        for (Turn.ToolUse use : turn.toolUses()) {
            ObjectNode block = toolUse(AnswerForm.object(), use);
            block.putObject("input");
            block(index++, block, use.name(), "input_json", use.arguments(), pieces);
        }
        ObjectNode delta = type("message_delta");
        delta.putObject("delta").put("stop_reason", stopReason(turn)).putNull("stop_sequence");
        if (told.tokens().told()) {
            delta.putObject("usage").put("output_tokens", told.tokens().output());
        }
        pieces.add(new Piece(event(delta), ""));
        pieces.add(new Piece(event(type("message_stop")), ""));
        return pieces;
    }

    private static void block(int index, ObjectNode block, String adds, String kind, String text, List<Piece> pieces) {
        ObjectNode start = type("content_block_start").put("index", index);
        start.set("content_block", block);
        pieces.add(new Piece(event(start), adds));
        String member = kind.equals("text") ? "text" : "partial_json";
        for (String word : AnswerForm.words(text)) {
            ObjectNode delta = type("content_block_delta").put("index", index);
            delta.putObject("delta").put("type", kind + "_delta").put(member, word);
            pieces.add(new Piece(event(delta), word));
        }
        pieces.add(new Piece(event(type("content_block_stop").put("index", index)), ""));
    }

    private static ObjectNode toolUse(ObjectNode block, Turn.ToolUse use) {
        return block.put("type", "tool_use").put("id", use.id()).put("name", use.name());
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            return AnswerForm.object(); // the input of a tool is always an object
        }
    }

    private static ObjectNode message(Told told) {
        ObjectNode message = AnswerForm.object()
                .put("id", told.id())
                .put("type", "message")
                .put("role", "assistant")
                .put("model", told.call().model());
        message.putArray("content");
        message.putNull("stop_reason").putNull("stop_sequence");
        return message;
    }

    private static String stopReason(Turn turn) {
        return switch (turn.finish()) {
            case "length" -> "max_tokens";
            case "tool_calls" -> "tool_use";
            case "content_filter" -> "refusal";
            default -> turn.toolUses().isEmpty() ? "end_turn" : "tool_use";
        };
    }

    private static ObjectNode usage(Tokens tokens, long output) {
        return AnswerForm.object()
                .put("input_tokens", tokens.input() - tokens.cached())
                .put("cache_creation_input_tokens", 0)
                .put("cache_read_input_tokens", tokens.cached())
                .put("output_tokens", output);
    }

    @Override
    public String error(int status, String code, String message) {
        ObjectNode error = type("error");
        error.putObject("error")
                .put("type", code.isEmpty() ? code(status) : code)
                .put("message", message);
        return error.put("request_id", "req_1").toString();
    }

    @Override
    public String broken(String code, String message) {
        return "event: error\ndata: " + error(500, code, message) + "\n\n";
    }

    private static String code(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 504 -> "timeout_error";
            case 529 -> "overloaded_error";
            default -> status >= 500 ? "api_error" : "invalid_request_error";
        };
    }

    private static ObjectNode type(String type) {
        return AnswerForm.object().put("type", type);
    }

    private static String event(ObjectNode json) {
        return "event: " + json.get("type").asText() + "\ndata: " + json + "\n\n";
    }
}
