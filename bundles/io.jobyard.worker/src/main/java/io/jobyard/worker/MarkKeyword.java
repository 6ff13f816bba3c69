// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.annotation.Annotation;
import com.networknt.schema.keyword.AbstractKeyword;
import com.networknt.schema.keyword.AbstractKeywordValidator;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;

/**
 * Schema keyword that is an annotation: {@code true} marks each value that its schema applies to. The library's passes skip {@code true}.
 * When a schema fails, the library removes only the marks of the value that failed. The lists of all enclosing values therefore contain
 * the mark too.
 */
final class MarkKeyword extends AbstractKeyword {

    MarkKeyword(String name) {
        super(name);
    }

    @Override
    public KeywordValidator newValidator(
            SchemaLocation location, JsonNode value, Schema parent, SchemaContext schemaContext) {
        return new Marking(this, value, location);
    }

    private static final class Marking extends AbstractKeywordValidator {

        Marking(Keyword keyword, JsonNode value, SchemaLocation location) {
            super(keyword, value, location);
        }

        @Override
        public void validate(ExecutionContext execution, JsonNode value, JsonNode payload, NodePath position) {
            if (!collectAnnotations(execution)
                    || !getSchemaNode().isBoolean()
                    || !getSchemaNode().booleanValue()) {
                return;
            }
            Annotation mark = Annotation.builder()
                    .keyword(getKeyword())
                    .instanceLocation(position)
                    .schemaLocation(getSchemaLocation())
                    .evaluationPath(execution.getEvaluationPath())
                    .value(true)
                    .build();
            for (NodePath around = position; around != null; around = around.getParent()) {
                execution
                        .getAnnotations()
                        .asMap()
                        .computeIfAbsent(around, first -> new ArrayList<>())
                        .add(mark);
            }
        }
    }
}
