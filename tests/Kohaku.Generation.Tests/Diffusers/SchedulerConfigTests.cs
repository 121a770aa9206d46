using System.Text;
using System.Text.Json;
using Kohaku.Generation.Diffusers;
using Kohaku.Generation.Models;
using Kohaku.Jobs;
using Kohaku.Jobs.Models;

namespace Kohaku.Generation.Tests.Diffusers;

public sealed class SchedulerConfigTests
{
    [Fact]
    public void What_diffusers_writes_is_read()
    {
        var config = Read("""
            {"_class_name": "DPMSolverMultistepScheduler", "_diffusers_version": "0.30.0", "algorithm_type": "sde-dpmsolver++", "beta_end": 0.012, "beta_schedule": "scaled_linear",
             "beta_start": 0.00085, "dynamic_thresholding_ratio": 0.995, "euler_at_final": false, "final_sigmas_type": "zero", "lambda_min_clipped": -Infinity, "lower_order_final": true,
             "num_train_timesteps": 1000, "prediction_type": "epsilon", "sample_max_value": 1.0, "set_alpha_to_one": false, "skip_prk_steps": true, "solver_order": 3, "solver_type": "heun",
             "steps_offset": 1, "thresholding": false, "timestep_spacing": "trailing", "trained_betas": null, "use_karras_sigmas": true, "use_lu_lambdas": false, "variance_type": null}
            """);

        Assert.Equal(
            (SchedulerKind.DpmSolverMultistep, true, true, 3, TimestepSpacing.Trailing, SigmaSpacing.Karras, 1, (double?)null),
            (config.Kind, config.IsStochastic, config.IsHeun, config.SolverOrder, config.Spacing, config.Sigmas, config.StepsOffset, config.ClipRange));
    }

    [Fact]
    public void What_is_not_said_is_as_diffusers_and_SDXL_have_it()
    {
        Assert.Equal((TimestepSpacing.Linspace, 0), (Read("""{"_class_name":"EulerDiscreteScheduler"}""").Spacing, Read("""{"_class_name":"EulerDiscreteScheduler"}""").StepsOffset));
        var ddim = Read("""{"_class_name":"DDIMScheduler"}""");
        Assert.Equal((TimestepSpacing.Leading, 1.0, true), (ddim.Spacing, ddim.ClipRange, ddim.SetAlphaToOne));
        Assert.Equal(0.00085, ddim.BetaStart);
    }

    [Theory]
    [InlineData("""{}""", "c.json names no scheduler (_class_name)")]
    [InlineData("""{"_class_name":"FlowMatchEulerDiscreteScheduler"}""", "c.json names the scheduler FlowMatchEulerDiscreteScheduler, which is not known")]
    [InlineData("""{"_class_name":"EulerDiscreteScheduler","prediction_type":"v_prediction"}""", "c.json: EulerDiscreteScheduler with prediction_type v_prediction is not known")]
    [InlineData("""{"_class_name":"EulerDiscreteScheduler","rescale_betas_zero_snr":true}""", "c.json: EulerDiscreteScheduler with rescale_betas_zero_snr True is not known")]
    [InlineData("""{"_class_name":"DPMSolverMultistepScheduler","algorithm_type":"dpmsolver"}""", "c.json: DPMSolverMultistepScheduler with algorithm_type dpmsolver is not known")]
    [InlineData("""{"_class_name":"EulerDiscreteScheduler","num_train_timesteps":0}""", "c.json: EulerDiscreteScheduler with num_train_timesteps 0 is not known")]
    [InlineData("""{"_class_name":"EulerDiscreteScheduler","timestep_spacing":"odd"}""", "c.json: EulerDiscreteScheduler with timestep_spacing odd is not known")]
    [InlineData("""{"_class_name":"PNDMScheduler","skip_prk_steps":false}""", "c.json: PNDMScheduler with skip_prk_steps False is not known")]
    public void What_would_change_the_image_and_is_not_known_is_refused(string json, string message) =>
        Assert.Equal(message, Assert.Throws<ModelException>(() => Read(json)).Message);

    [Theory]
    [InlineData(SamplerKind.Euler, ScheduleKind.Automatic, SchedulerKind.Euler, SigmaSpacing.Timesteps, TimestepSpacing.Leading, false)]
    [InlineData(SamplerKind.Euler, ScheduleKind.Karras, SchedulerKind.Euler, SigmaSpacing.Karras, TimestepSpacing.Leading, false)]
    [InlineData(SamplerKind.Euler, ScheduleKind.SgmUniform, SchedulerKind.Euler, SigmaSpacing.Timesteps, TimestepSpacing.Trailing, false)]
    [InlineData(SamplerKind.Euler, ScheduleKind.Uniform, SchedulerKind.Euler, SigmaSpacing.Timesteps, TimestepSpacing.Linspace, false)]
    [InlineData(SamplerKind.EulerAncestral, ScheduleKind.Ddim, SchedulerKind.EulerAncestral, SigmaSpacing.Timesteps, TimestepSpacing.Leading, false)]
    [InlineData(SamplerKind.Dpm2, ScheduleKind.Exponential, SchedulerKind.Kdpm2, SigmaSpacing.Exponential, TimestepSpacing.Linspace, false)]
    [InlineData(SamplerKind.DpmPlusPlus2M, ScheduleKind.Karras, SchedulerKind.DpmSolverMultistep, SigmaSpacing.Karras, TimestepSpacing.Leading, false)]
    [InlineData(SamplerKind.DpmPlusPlus2MSde, ScheduleKind.Karras, SchedulerKind.DpmSolverMultistep, SigmaSpacing.Karras, TimestepSpacing.Leading, true)]
    [InlineData(SamplerKind.UniPC, ScheduleKind.Beta, SchedulerKind.UniPC, SigmaSpacing.Beta, TimestepSpacing.Linspace, false)]
    [InlineData(SamplerKind.Lcm, ScheduleKind.Automatic, SchedulerKind.Lcm, SigmaSpacing.Timesteps, TimestepSpacing.Leading, false)]
    public void A_sampler_by_its_A1111_name_is_a_scheduler(SamplerKind sampler, ScheduleKind schedule, SchedulerKind kind, SigmaSpacing sigmas, TimestepSpacing spacing, bool isStochastic)
    {
        var config = SchedulerNames.Configure(sampler, schedule, null);
        Assert.Equal((kind, sigmas, spacing, isStochastic), (config.Kind, config.Sigmas, config.Spacing, config.IsStochastic));
        Assert.NotEmpty(DiffusersSchedulers.Create(config, 20).Timesteps);
    }

    [Theory]
    [InlineData(SamplerKind.DpmPlusPlusSde, ScheduleKind.Automatic, null, "diffusers has no sampler like DPM++ SDE whose images can be made again")]
    [InlineData(SamplerKind.DpmPlusPlus2SAncestral, ScheduleKind.Automatic, null, "diffusers has no sampler like DPM++ 2S a whose images can be made again")]
    [InlineData(SamplerKind.DpmPlusPlus3MSde, ScheduleKind.Automatic, null, "diffusers has no sampler like DPM++ 3M SDE whose images can be made again")]
    [InlineData(SamplerKind.Euler, ScheduleKind.KlOptimal, null, "diffusers has no schedule like KL Optimal")]
    [InlineData(SamplerKind.EulerAncestral, ScheduleKind.Karras, null, "diffusers' EulerAncestralDiscreteScheduler has no schedule like Karras")]
    [InlineData(SamplerKind.Lcm, ScheduleKind.Uniform, null, "diffusers' LCMScheduler has a schedule of its own")]
    [InlineData(SamplerKind.Euler, ScheduleKind.Automatic, 0.5, "diffusers' EulerDiscreteScheduler has no eta")]
    [InlineData(SamplerKind.EulerAncestral, ScheduleKind.Automatic, 0.5, "diffusers' EulerAncestralDiscreteScheduler has no eta")]
    public void What_diffusers_has_not_is_told(SamplerKind sampler, ScheduleKind schedule, double? eta, string message) =>
        Assert.Equal(message, Assert.Throws<ModelException>(() => SchedulerNames.Configure(sampler, schedule, null, eta: eta)).Message);

    [Fact]
    public void A_sampler_takes_what_the_models_file_says_and_its_own_for_the_rest()
    {
        var model = Parse("""{"_class_name":"DDIMScheduler","timestep_spacing":"trailing","steps_offset":1,"use_karras_sigmas":true,"beta_end":0.013}""");
        Assert.Equal(1.0, Configure(SamplerKind.Ddim).ClipRange);
        Assert.Null(Configure(SamplerKind.Lcm).ClipRange);
        Assert.Equal((TimestepSpacing.Trailing, SigmaSpacing.Karras, 0.013), (Configure(SamplerKind.Euler).Spacing, Configure(SamplerKind.Euler).Sigmas, Configure(SamplerKind.Euler).BetaEnd));
        Assert.Equal(SigmaSpacing.Timesteps, Configure(SamplerKind.EulerAncestral).Sigmas);
        Assert.Equal(0.5, SchedulerNames.Configure(SamplerKind.Ddim, ScheduleKind.Automatic, model, eta: 0.5).Eta);

        SchedulerConfig Configure(SamplerKind sampler) => SchedulerNames.Configure(sampler, ScheduleKind.Automatic, model);
    }

    [Fact]
    public void A_class_that_is_not_known_hinders_no_sampler()
    {
        var model = Parse("""{"_class_name":"DEISMultistepScheduler","algorithm_type":"deis","solver_type":"logrho","timestep_spacing":"leading","steps_offset":1}""");
        Assert.Equal(SchedulerConfig.Sdxl.Spacing, SchedulerNames.Configure(SamplerKind.Euler, ScheduleKind.Automatic, model).Spacing);
        Assert.Throws<ModelException>(() => SchedulerConfigReader.Read(model, "c.json"));
    }

    [Theory]
    [InlineData(SchedulerKind.Euler, 0)]
    [InlineData(SchedulerKind.Euler, 1001)]
    [InlineData(SchedulerKind.UniPC, 1000)]
    [InlineData(SchedulerKind.Lcm, 51)]
    [InlineData(SchedulerKind.Ddim, 1001)]
    public void Too_many_or_no_steps_are_refused(SchedulerKind kind, int steps) =>
        Assert.StartsWith($"{steps} steps cannot be made; ", Assert.Throws<ModelException>(() => DiffusersSchedulers.Create(SchedulerConfig.Sdxl with { Kind = kind }, steps)).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_number_of_steps_goes_down_the_noise_levels()
    {
        foreach (var kind in Enum.GetValues<SchedulerKind>().Where(kind => kind is not SchedulerKind.Lcm and not SchedulerKind.Pndm))
        {
            foreach (var spacing in Enum.GetValues<TimestepSpacing>())
            {
                foreach (var steps in (int[])[1, 2, 3, 4, 7, 20, 49, 61, 103, 150])
                {
                    var scheduler = DiffusersSchedulers.Create(SchedulerConfig.Sdxl with { Kind = kind, Spacing = spacing }, steps);
                    Assert.Equal(scheduler.Order == 2 ? (2 * steps) - 1 : steps, scheduler.Timesteps.Count);
                    Assert.All(scheduler.Timesteps, timestep => Assert.InRange(timestep, 0, 999));
                    // The ancestral one's middle may lie below the next step, to which noise leads back up.
                    if (kind != SchedulerKind.Kdpm2Ancestral) Assert.True(scheduler.Timesteps.Zip(scheduler.Timesteps.Skip(1)).All(pair => pair.First >= pair.Second), $"{kind}, {spacing}, {steps}");
                    Assert.True(scheduler.Sigmas.Zip(scheduler.Sigmas.Skip(1)).All(pair => pair.First >= pair.Second), $"{kind}, {spacing}, {steps}");
                }
            }
        }
    }

    private static SchedulerConfig Read(string json) => SchedulerConfigReader.Read(Parse(json), "c.json");

    private static JsonElement Parse(string json) => ConfigFile.Parse(Encoding.UTF8.GetBytes(json), "c.json");
}
