// SPDX-License-Identifier: Apache-2.0
package io.jobyard.operations.api;

import io.jobyard.operations.api.Operation.Action;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.views.api.JobField;
import io.jobyard.views.api.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builder of the declaration of an operation. Not thread-safe. */
public final class OperationBuilder {

    final String name;
    final String method;
    final String path;
    final List<Input> inputs = new ArrayList<>();
    final Map<Integer, View<?>> answers = new LinkedHashMap<>();
    String summary = "";
    List<AccessRule> rules = List.of();
    List<JobField> jobFields = List.of();
    Repetition repetition;
    boolean isConditional;
    boolean isForEverybody;

    @Nullable
    AgentTool tool;

    OperationBuilder(String name, String method, String path) {
        this.name = name;
        this.method = method;
        this.path = path;
        repetition = method.equals("GET") ? Repetition.READS : Repetition.CHANGES;
    }

    /** Sets the description, in one or two sentences. */
    public OperationBuilder says(String sentence) {
        summary = sentence;
        return this;
    }

    /** Sets the access rules that apply. For the host's own operations, its services check the rules. */
    public OperationBuilder needs(AccessRule... applied) {
        rules = List.of(applied);
        return this;
    }

    /** Adds inputs. Parts of the path in braces without a declared input become mandatory texts. */
    public OperationBuilder takes(Input... more) {
        return takes(Arrays.asList(more));
    }

    /** Adds inputs. */
    public OperationBuilder takes(List<Input> more) {
        inputs.addAll(more);
        return this;
    }

    /** Adds these job fields as inputs. The action reads and checks them from the object as the caller sent it. */
    public OperationBuilder takesJob(List<JobField> fields) {
        jobFields = List.copyOf(fields);
        return this;
    }

    /**
     * Adds a successful answer.
     *
     * @param view the view of the result; all answers of an operation share one view, because generated clients return one type
     */
    public OperationBuilder answers(int status, View<?> view) {
        if (answers.values().stream().anyMatch(other -> other != view)) {
            throw new IllegalArgumentException(
                    name + " answers in two shapes, but generated clients support one; declare two operations");
        }
        answers.put(status, view);
        return this;
    }

    /** Declares that the operation changes nothing, although its method is not GET. */
    public OperationBuilder readsOnly() {
        repetition = Repetition.READS;
        return this;
    }

    /** Refuses idempotency keys, with this reason. */
    public OperationBuilder notOnce(String instead) {
        repetition = Repetition.refused(instead);
        return this;
    }

    /** Stores the idempotency key of a request with its jobs. */
    public OperationBuilder onceWithJobs() {
        repetition = Repetition.WITH_JOBS;
        return this;
    }

    /**
     * Allows conditional calls: a call changes the job of the input {@code id} only if the job has not changed since the client read it.
     */
    public OperationBuilder conditional() {
        isConditional = true;
        return this;
    }

    /** Allows calls without authentication, because the path contains a secret. */
    public OperationBuilder forEverybody() {
        isForEverybody = true;
        return this;
    }

    /** Offers the operation to agents. */
    public OperationBuilder tool(AgentTool offered) {
        tool = offered;
        return this;
    }

    /** Sets the action and completes the declaration. */
    public Operation by(Action action) {
        return new Operation(this, action);
    }
}
