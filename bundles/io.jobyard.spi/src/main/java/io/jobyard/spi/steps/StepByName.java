// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.steps;

import io.jobyard.api.JobId;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.text.VisibleText;
import java.util.List;

/** Lookup of a step by its name. */
public final class StepByName {

    private static final int NAMED = 20;

    private StepByName() {}

    /**
     * Returns the valid step.
     *
     * @param steps all steps of the job, including dropped ones
     * @param name name as the user typed it
     * @throws ValidationException if the job has no such step; the message lists the existing names
     */
    public static StoredStep find(JobId job, List<StoredStep> steps, String name) {
        List<StoredStep> counting =
                steps.stream().filter(step -> !step.isDropped()).toList();
        return counting.stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ValidationException("unknown step '" + VisibleText.line(name) + "': job " + job
                        + " has " + some(counting.stream().map(StoredStep::name).toList())));
    }

    private static String some(List<String> names) {
        int more = names.size() - NAMED;
        return names.isEmpty()
                ? "none"
                : String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
                        + (more > 0 ? " and " + more + " more" : "");
    }
}
