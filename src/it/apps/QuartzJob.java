import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.Scheduler;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.jobs.ee.mail.SendMailJob;
import org.quartz.listeners.JobListenerSupport;

/** Quartz runs its own mail job twice; job data are the arguments, {@code key=value}. */
public class QuartzJob {
    public static void main(String[] args) throws Exception {
        Scheduler scheduler = StdSchedulerFactory.getDefaultScheduler();
        Outcome outcome = new Outcome();
        scheduler.getListenerManager().addJobListener(outcome);
        scheduler.start();
        run("first", args, scheduler, outcome);
        run("second", args, scheduler, outcome);
        scheduler.shutdown(true);
    }

    private static void run(String name, String[] args, Scheduler scheduler, Outcome outcome) throws Exception {
        outcome.next = new CompletableFuture<>();
        JobBuilder job = JobBuilder.newJob(SendMailJob.class).withIdentity(name);
        for (String argument : args) {
            int end = argument.indexOf('=');
            job.usingJobData(argument.substring(0, end), argument.substring(end + 1));
        }
        JobDetail detail = job.build();
        scheduler.scheduleJob(detail, TriggerBuilder.newTrigger().startNow().build());
        outcome.next.get(30, TimeUnit.SECONDS);
    }

    static class Outcome extends JobListenerSupport {
        volatile CompletableFuture<Void> next;

        @Override
        public String getName() {
            return "outcome";
        }

        @Override
        public void jobWasExecuted(JobExecutionContext context, JobExecutionException failure) {
            if (failure == null) {
                next.complete(null);
            } else {
                next.completeExceptionally(failure);
            }
        }
    }
}
