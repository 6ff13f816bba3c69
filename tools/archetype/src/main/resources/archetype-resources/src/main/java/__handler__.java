package ${package};

import io.jobyard.api.handler.Field;
import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.TypedJobHandler;
import org.osgi.service.component.annotations.Component;

@Component
@HandlesJob(value = "${jobType}", description = "Counts the words of a text. Changes nothing.")
public final class ${handler} implements TypedJobHandler<${handler}.Text, ${handler}.Count> {

    public record Text(@Field(description = "text to count", examples = "to be or not to be") String text) {}

    public record Count(int words) {}

    @Override
    public Count handle(Text payload, JobContext context) {
        String text = payload.text();
        return new Count(text.isBlank() ? 0 : text.strip().split("\\s+").length);
    }
}
