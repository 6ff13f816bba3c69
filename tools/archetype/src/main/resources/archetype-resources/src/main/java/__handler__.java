package ${package};

import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

@Component
@HandlesJob(value = "${jobType}", description = "Counts the words of a text. Changes nothing.")
public final class ${handler} implements JobHandler {

    record Payload(String text) {}

    @Override
    public Map<String, Object> handle(JobContext context) {
        String text = context.payload(Payload.class).text();
        int words = text.isBlank() ? 0 : text.strip().split("\\s+").length;
        return Map.of("words", words);
    }
}
