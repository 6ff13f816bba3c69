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

/** Builds the declaration of an operation. For one thread. */
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

    /** Sets what it does, in one sentence or two. */
    public OperationBuilder says(String sentence) {
        summary = sentence;
        return this;
    }

    /** Sets the rules of access that apply to it. Those of the host's own operations are checked by its services. */
    public OperationBuilder needs(AccessRule... applied) {
        rules = List.of(applied);
        return this;
    }

    /** Adds inputs. Parts of the path in braces that have no input of their own become mandatory texts. */
    public OperationBuilder takes(Input... more) {
        return takes(Arrays.asList(more));
    }

    /** Adds inputs. */
    public OperationBuilder takes(List<Input> more) {
        inputs.addAll(more);
        return this;
    }

    /** Adds these fields of a job as inputs; the action reads and checks them by the object as it was sent. */
    public OperationBuilder takesJob(List<JobField> fields) {
        jobFields = List.copyOf(fields);
        return this;
    }

    /**
     * Adds a kind of success.
     *
     * @param status the HTTP status
     * @param view the view of the result; one operation has one view, because generated clients return one type
     */
    public OperationBuilder answers(int status, View<?> view) {
        if (answers.values().stream().anyMatch(other -> other != view)) {
            throw new IllegalArgumentException(
                    name + " answers in two shapes, of which generated clients know one; declare two operations");
        }
        answers.put(status, view);
        return this;
    }

    /** Declares that it changes nothing, although its method is not GET. */
    public OperationBuilder readsOnly() {
        repetition = Repetition.READS;
        return this;
    }

    /** Refuses keys of requests for this reason. */
    public OperationBuilder notOnce(String instead) {
        repetition = Repetition.refused(instead);
        return this;
    }

    /** Stores the key of a request with its jobs. */
    public OperationBuilder onceWithJobs() {
        repetition = Repetition.WITH_JOBS;
        return this;
    }

    /** Lets a client change the job of the input {@code id} only if it is as the client read it. */
    public OperationBuilder conditional() {
        isConditional = true;
        return this;
    }

    /** Needs nobody to be signed in: its path has a secret. */
    public OperationBuilder forEverybody() {
        isForEverybody = true;
        return this;
    }

    /** Offers it to agents. */
    public OperationBuilder tool(AgentTool offered) {
        tool = offered;
        return this;
    }

    /** Sets the action and ends the declaration. */
    public Operation by(Action action) {
        return new Operation(this, action);
    }
}
