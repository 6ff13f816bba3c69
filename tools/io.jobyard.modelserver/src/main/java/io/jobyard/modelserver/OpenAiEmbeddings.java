// SPDX-License-Identifier: Apache-2.0
package io.jobyard.modelserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Handler of {@code POST /v1/embeddings}. Equal texts have equal vectors of length 1. */
final class OpenAiEmbeddings implements OpenAiForm {

    private static final int DIMENSIONS = 16;

    @Override
    public SeenCall.Kind kind() {
        return SeenCall.Kind.EMBEDDINGS;
    }

    @Override
    public Stream<JsonNode> charged(JsonNode body) {
        JsonNode input = body.path("input");
        return input.isArray() ? AnswerForm.items(input) : Stream.of(input);
    }

    @Override
    public String prompt(JsonNode body) throws BadCallException {
        return charged(body)
                .filter(JsonNode::isTextual)
                .findFirst()
                .map(JsonNode::asText)
                .orElseThrow(() -> new BadCallException(400, "Missing required parameter: 'input'."));
    }

    @Override
    public String output(SeenCall call, Turn turn) {
        return "";
    }

    @Override
    public String whole(Told told) {
        ObjectNode answer = AnswerForm.object()
                .put("object", "list")
                .put("model", told.call().model());
        ArrayNode data = answer.putArray("data");
        charged(told.call().body()).forEach(text -> {
            ObjectNode one = data.addObject().put("object", "embedding").put("index", data.size() - 1);
            vector(text.asText(), one.putArray("embedding"));
        });
        if (told.tokens().told()) {
            answer.putObject("usage")
                    .put("prompt_tokens", told.tokens().input())
                    .put("total_tokens", told.tokens().input());
        }
        return answer.toString();
    }

    private static void vector(String text, ArrayNode vector) {
        double[] values = new Random(text.hashCode()).doubles(DIMENSIONS, -1, 1).toArray();
        double length =
                Math.sqrt(Arrays.stream(values).map(value -> value * value).sum());
        for (double value : values) {
            vector.add((float) (value / length));
        }
    }

    @Override
    public List<Piece> pieces(Told told) {
        throw new IllegalStateException("embeddings come at once");
    }
}
