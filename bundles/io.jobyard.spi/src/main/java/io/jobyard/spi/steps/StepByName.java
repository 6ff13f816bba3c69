// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.steps;

import io.jobyard.api.JobId;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.text.VisibleText;
import java.util.List;

/** Finds a step by its name. */
public final class StepByName {

    private static final int NAMED = 20;

    private StepByName() {}

    /**
     * Returns the valid step.
     *
     * @param steps all its steps, including dropped ones
     * @param name as it was typed
     * @throws ValidationException if the job has no such step, with the existing ones
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
