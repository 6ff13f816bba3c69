// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.steps;

import io.jobyard.api.JobId;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.text.VisibleText;
import java.util.List;

/** Finds a step that somebody names. */
public final class StepByName {

    private static final int NAMED = 20;

    private StepByName() {}

    /**
     * The step that counts.
     *
     * @param steps all its steps, the dropped ones among them
     * @param name as it was typed
     * @throws ValidationException if the job has none; says which it has
     */
    public static StoredStep find(JobId job, List<StoredStep> steps, String name) {
        List<StoredStep> counting =
                steps.stream().filter(step -> !step.isDropped()).toList();
        return counting.stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new ValidationException("job " + job + " has no step '" + VisibleText.line(name) + "': it has "
                                + some(counting.stream().map(StoredStep::name).toList())));
    }

    private static String some(List<String> names) {
        int more = names.size() - NAMED;
        return names.isEmpty()
                ? "none"
                : String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
                        + (more > 0 ? " and " + more + " more" : "");
    }
}
