// SPDX-License-Identifier: Apache-2.0
package io.jobyard.modelserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Kind of call in one of the published formats. */
interface AnswerForm {

    ObjectMapper JSON = new ObjectMapper();

    SeenCall.Kind kind();

    /** Returns the caller's key from the headers. */
    String key(Headers headers) throws BadCallException;

    /** Returns the texts of the prompt that the server charges, in the call's order. */
    Stream<JsonNode> charged(JsonNode body);

    /** Returns the text of the latest message. */
    String prompt(JsonNode body) throws BadCallException;

    String error(int status, String code, String message);

    String whole(Told told);

    List<Piece> pieces(Told told);

    /** Returns the complete output of a model for the turn, as one text. */
    default String output(SeenCall call, Turn turn) {
        StringBuilder all = new StringBuilder(turn.text());
        turn.toolUses().forEach(use -> all.append(use.name()).append(use.arguments()));
        return all.toString();
    }

    /** Returns an event of a stream that reports an error of the provider. */
    String broken(String code, String message);

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static Stream<JsonNode> items(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** Splits a text into words, each with the following space. */
    static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("(?<=\\s)(?=\\S)"));
    }

    /** Returns the text of a message: a string, or blocks of which some have text. */
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

    /** Answer with the reported usage. */
    record Told(String id, SeenCall call, Turn turn, Tokens tokens) {}

    /**
     * Reported usage.
     *
     * @param told whether the answer reports usage
     */
    record Tokens(boolean told, long input, long cached, long output) {}

    /**
     * Piece of a stream.
     *
     * @param event the event to send
     * @param adds the text that the piece adds to the output; may be empty
     */
    record Piece(String event, String adds) {}

    /** Exception for a call that the provider does not accept. */
    final class BadCallException extends Exception {
        private static final long serialVersionUID = 1L;

        final int status;

        BadCallException(int status, String message) {
            super(message);
            this.status = status;
        }
    }
}
