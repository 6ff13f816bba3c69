// SPDX-License-Identifier: Apache-2.0
package io.jobyard.modelserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One kind of call in one of the published forms. */
interface AnswerForm {

    ObjectMapper JSON = new ObjectMapper();

    SeenCall.Kind kind();

    /** The key that the headers bring. */
    String key(Headers headers) throws BadCallException;

    /** The texts that are charged as the prompt, in the call's order. */
    Stream<JsonNode> charged(JsonNode body);

    /** The text of the latest message. */
    String prompt(JsonNode body) throws BadCallException;

    String error(int status, String code, String message);

    String whole(Told told);

    List<Piece> pieces(Told told);

    /** What a model would give as output for the turn, all in one text. */
    default String output(SeenCall call, Turn turn) {
        StringBuilder all = new StringBuilder(turn.text());
        turn.toolUses().forEach(use -> all.append(use.name()).append(use.arguments()));
        return all.toString();
    }

    /** An event within a stream that says that the provider failed. */
    String broken(String code, String message);

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static Stream<JsonNode> items(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** Words, each with the space behind it. */
    static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("(?<=\\s)(?=\\S)"));
    }

    /** The text of a message: a string, or blocks of which some have text. */
    static String text(JsonNode content) {
        if (content.isTextual()) {
            return content.asText();
        }
        StringBuilder text = new StringBuilder();
        content.forEach(block -> text.append(
                block.has("content")
                        ? text(block.get("content"))
                        : block.path("text").asText("")));
        return text.toString();
    }

    /** An answer as it is told. */
    record Told(String id, SeenCall call, Turn turn, Tokens tokens) {}

    /**
     * What it says of its use.
     *
     * @param told whether it says it at all
     */
    record Tokens(boolean told, long input, long cached, long output) {}

    /**
     * A piece of a stream.
     *
     * @param event as it is sent
     * @param adds what it adds to the output; empty if nothing
     */
    record Piece(String event, String adds) {}

    /** The call is none that the provider takes. */
    final class BadCallException extends Exception {
        private static final long serialVersionUID = 1L;

        final int status;

        BadCallException(int status, String message) {
            super(message);
            this.status = status;
        }
    }
}
